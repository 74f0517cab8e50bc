package dev.racker.harness.evidence;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Bind;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.MachineSpec;
import dev.racker.harness.machine.Tmpfs;
import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StackLookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a machine's writable layer holds at one time, and which users and groups there are.
 *
 * <p>It is read on the host, from the upper directory of the machine's root: nothing runs inside, and what the layers
 * below hold costs nothing.
 */
public final class LeftoverSnapshot {

    /** A file that is replaced at that moment is gone for an instant. */
    private static final int ATTEMPTS = 5;

    private final SortedMap<String, UpperEntry> entries;
    private final Set<String> users;
    private final Set<String> groups;
    private final Set<String> dangling;
    private final Set<String> mounts;
    private final Set<String> mergedDirectories;

    private LeftoverSnapshot(
            SortedMap<String, UpperEntry> entries,
            Set<String> users,
            Set<String> groups,
            Set<String> dangling,
            Set<String> mounts,
            Set<String> mergedDirectories) {
        this.entries = entries;
        this.users = users;
        this.groups = groups;
        this.dangling = dangling;
        this.mounts = mounts;
        this.mergedDirectories = mergedDirectories;
    }

    /**
     * Looks at a machine that runs.
     *
     * @throws HarnessException when its writable layer is gone or cannot be read
     */
    public static LeftoverSnapshot take(Machine machine) {
        MachineSpec spec = machine.spec();
        List<Path> layers = new ArrayList<>(spec.stack().lower());
        layers.add(spec.stack().upper());
        Set<String> mounts = new HashSet<>();
        for (Bind bind : spec.binds()) {
            mounts.add(bind.target());
        }
        for (Tmpfs tmpfs : spec.tmpfs()) {
            mounts.add(tmpfs.target());
        }
        return read(spec.stack(), new OpaqueDirectories(layers, new CommandRunner()), mounts);
    }

    static LeftoverSnapshot read(LayerStack stack, StackLookup.Marks marks, Set<String> mounts) {
        SortedMap<String, UpperEntry> entries = UpperTree.read(stack.upper(), stack.lower(), marks);
        List<Path> layers = new ArrayList<>(stack.lower());
        layers.add(stack.upper());
        StackLookup all = new StackLookup(layers, marks);
        try {
            return new LeftoverSnapshot(
                    entries,
                    accounts(all, "etc/passwd"),
                    accounts(all, "etc/group"),
                    dangling(all, entries),
                    mounts,
                    merged(all));
        } catch (IOException | UncheckedIOException e) {
            throw new HarnessException(
                    "Tried to look up files in the writable layer at " + stack.upper() + ", but: " + e.getMessage()
                            + ".",
                    null,
                    e);
        }
    }

    private static Set<String> accounts(StackLookup all, String path) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Accounts.read(all, path);
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** What is in memory while the machine runs cannot be seen from here, so nothing is said of links to it. */
    private static Set<String> dangling(StackLookup all, SortedMap<String, UpperEntry> entries) {
        Set<String> dangling = new HashSet<>();
        entries.forEach((path, entry) -> {
            if (entry.type() == UpperEntry.Type.LINK
                    && GuestName.isPlain(path)
                    && GuestName.isPlain(entry.content())
                    && !Path.of(path)
                            .resolveSibling(entry.content())
                            .normalize()
                            .toString()
                            .matches("(/var)?/(run|dev|proc|sys|tmp)(/.*)?")
                    && all.find(path).isEmpty()) {
                dangling.add(path);
            }
        });
        return dangling;
    }

    /** Of the directories that /usr is merged with, those that are; package managers may know files by either name. */
    private static Set<String> merged(StackLookup all) {
        Set<String> merged = new HashSet<>();
        for (String name : List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32")) {
            if (all.find(name).filter(path -> path.endsWith("usr/" + name)).isPresent()) {
                merged.add(name);
            }
        }
        return merged;
    }

    /** The same with nothing in the writable layer: the difference to it is that to the image. */
    LeftoverSnapshot emptied() {
        return new LeftoverSnapshot(new TreeMap<>(), users, groups, Set.of(), mounts, mergedDirectories);
    }

    SortedMap<String, UpperEntry> entries() {
        return entries;
    }

    Set<String> users() {
        return users;
    }

    Set<String> groups() {
        return groups;
    }

    boolean dangles(String link) {
        return dangling.contains(link);
    }

    /** Says whether the host gives the machine something there. */
    boolean isMount(String path) {
        return mounts.contains(path);
    }

    /** Another name under which a package manager may know a path; the same when there is none. */
    String alias(String path) {
        for (String name : mergedDirectories) {
            if (path.startsWith("/usr/" + name + "/")) {
                return path.substring("/usr".length());
            }
        }
        return path;
    }
}
