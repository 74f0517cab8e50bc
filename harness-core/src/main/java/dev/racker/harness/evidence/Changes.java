package dev.racker.harness.evidence;

import dev.racker.harness.evidence.Change.What;
import dev.racker.harness.evidence.UpperEntry.Base;
import dev.racker.harness.evidence.UpperEntry.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The differences between two looks that count under a policy, by path. */
final class Changes {

    private final LeftoverSnapshot before;
    private final LeftoverSnapshot after;
    private final LeftoverRules rules;
    private final LeftoverPolicy policy;
    private final List<PathGlob> allowed;

    Changes(
            LeftoverSnapshot before,
            LeftoverSnapshot after,
            LeftoverRules rules,
            LeftoverPolicy policy,
            List<PathGlob> allowed) {
        this.before = before;
        this.after = after;
        this.rules = rules;
        this.policy = policy;
        this.allowed = allowed;
    }

    List<Change> all() {
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<String, UpperEntry> entry : after.entries().entrySet()) {
            String path = entry.getKey();
            add(changes, path, change(path, before.entries().get(path), entry.getValue()));
        }
        for (String path : new TreeSet<>(before.entries().keySet())) {
            UpperEntry old = before.entries().get(path);
            if (!after.entries().containsKey(path) && old.type() != Type.WHITEOUT && old.base() == Base.ABSENT) {
                add(changes, path, gone(path));
            }
        }
        return changes;
    }

    private void add(List<Change> changes, String path, Change change) {
        if (change != null && counts(change, PathGlob.split(path))) {
            changes.add(change);
        }
    }

    private Change change(String path, UpperEntry old, UpperEntry now) {
        if (now.type() == Type.WHITEOUT) {
            boolean news = now.base() != Base.ABSENT && (old == null || old.type() != Type.WHITEOUT);
            return news ? gone(path) : null;
        }
        if (now.base() == Base.SAME) {
            return null;
        }
        boolean wasThere = old == null ? now.base() == Base.DIFFERENT : old.type() != Type.WHITEOUT;
        if (!wasThere) {
            return new Change(What.CREATED, path, now, kind(path, now), "");
        }
        String words = old == null ? "it is not as in the image" : now.differenceFrom(old);
        return words.isEmpty() ? null : new Change(What.CHANGED, path, now, LeftoverKind.CHANGED, words);
    }

    private static Change gone(String path) {
        return new Change(What.GONE, path, null, LeftoverKind.GONE, "it is gone");
    }

    private LeftoverKind kind(String path, UpperEntry now) {
        Optional<LeftoverKind> kind = rules.kind(PathGlob.split(path));
        if (now.type() == Type.DIRECTORY) {
            return LeftoverKind.DIRECTORY;
        }
        if (now.type() == Type.LINK && now.content().startsWith("/etc/alternatives/")) {
            return LeftoverKind.ALTERNATIVE;
        }
        return kind.orElse(LeftoverKind.FILE);
    }

    private boolean counts(Change change, String[] path) {
        if (rules.ignores(path) || after.isMount(change.path())) {
            return false;
        }
        boolean stays = policy == LeftoverPolicy.AFTER_REMOVE
                && change.what() == What.CREATED
                && change.kind() != LeftoverKind.ALTERNATIVE
                && rules.staysUntilPurge(path);
        if (stays) {
            return false;
        }
        for (PathGlob glob : allowed) {
            if (glob.covers(path)) {
                return false;
            }
        }
        return true;
    }
}
