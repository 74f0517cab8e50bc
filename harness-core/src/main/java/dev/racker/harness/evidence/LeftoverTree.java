package dev.racker.harness.evidence;

import dev.racker.harness.evidence.Change.What;
import dev.racker.harness.evidence.UpperEntry.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Tells of a directory that stayed once, and not of everything below it. */
final class LeftoverTree {

    private final LeftoverSnapshot after;
    private final List<Change> changes;
    private final Set<String> created;
    private final Map<String, List<Change>> below = new HashMap<>();

    LeftoverTree(LeftoverSnapshot after, List<Change> changes) {
        this.after = after;
        Set<String> left = leftByThemselves(changes);
        this.changes = new ArrayList<>(changes);
        this.changes.removeIf(change -> isNewDirectory(change) && !left.contains(change.path()));
        this.created = created(this.changes);
        for (Change change : this.changes) {
            if (change.what() == What.CREATED) {
                above(
                        change.path(),
                        created,
                        directory -> below.computeIfAbsent(directory, key -> new ArrayList<>())
                                .add(change));
            }
        }
    }

    /** All but those directories that are only there because of something in them that may stay. */
    private Set<String> leftByThemselves(List<Change> all) {
        Set<String> everything = created(all);
        Set<String> occupied = new HashSet<>();
        after.entries().forEach((path, entry) -> {
            if (entry.type() != Type.WHITEOUT) {
                occupied.add(parent(path));
            }
        });
        Set<String> left = new HashSet<>();
        for (Change change : all) {
            if (change.what() == What.CREATED && !(change.isDirectory() && occupied.contains(change.path()))) {
                left.add(change.path());
                above(change.path(), everything, left::add);
            }
        }
        return left;
    }

    private static Set<String> created(List<Change> changes) {
        Set<String> created = new HashSet<>();
        for (Change change : changes) {
            if (change.what() == What.CREATED) {
                created.add(change.path());
            }
        }
        return created;
    }

    /** The new directories above a path, from the nearest; what lies in one that was there is told of by itself. */
    private static void above(String path, Set<String> created, Consumer<String> directory) {
        for (String parent = parent(path); created.contains(parent); parent = parent(parent)) {
            directory.accept(parent);
        }
    }

    List<Leftover> leftovers() {
        List<Leftover> leftovers = new ArrayList<>();
        for (Change change : changes) {
            boolean told = created.contains(parent(change.path()));
            if (!(told && isOrdinary(change)) && !(isNewDirectory(change) && holdsOnlyWhatIsTold(change))) {
                leftovers.add(isNewDirectory(change) ? directory(change) : single(change));
            }
        }
        return leftovers;
    }

    private static boolean isOrdinary(Change change) {
        return change.kind() == LeftoverKind.FILE || change.kind() == LeftoverKind.DIRECTORY;
    }

    /** The directory of a cron entry, say, is not worth a line of its own. */
    private boolean holdsOnlyWhatIsTold(Change directory) {
        boolean holds = false;
        for (Change change : below.getOrDefault(directory.path(), List.of())) {
            if (change.kind() == LeftoverKind.FILE) {
                return false;
            }
            holds |= !isOrdinary(change);
        }
        return holds;
    }

    private static boolean isNewDirectory(Change change) {
        return change.isDirectory() && change.what() == What.CREATED;
    }

    private Leftover directory(Change change) {
        List<String> entries = new ArrayList<>();
        below.getOrDefault(change.path(), List.of()).forEach(entry -> entries.add(entry.path()));
        String state = entries.isEmpty()
                ? "present, empty"
                : "present with " + entries.size() + (entries.size() == 1 ? " entry" : " entries") + " below";
        return new Leftover(LeftoverKind.DIRECTORY, change.path(), state, entries);
    }

    private Leftover single(Change change) {
        if (change.what() != What.CREATED) {
            return new Leftover(change.kind(), change.path(), change.words(), List.of());
        }
        if (change.entry().type() != Type.LINK) {
            return new Leftover(change.kind(), change.path(), "present", List.of());
        }
        return new Leftover(
                change.kind(),
                change.path(),
                after.dangles(change.path()) ? "present, a dangling link" : "present, a link",
                List.of("leads to " + GuestName.line(change.entry().content())));
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
