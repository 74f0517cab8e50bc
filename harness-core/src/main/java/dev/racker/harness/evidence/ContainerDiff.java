package dev.racker.harness.evidence;

import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.process.CommandRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a container's writable layer changes, as docker's {@code diff} tells it. */
public final class ContainerDiff {

    /** A change. */
    public enum Kind {
        /** Something that was not there before. */
        ADDED,
        /** Something that was there, or a directory in which something is different. */
        CHANGED,
        /** Something that is gone. */
        DELETED
    }

    /** What systemd-nspawn makes in a tree that does not have it, see file-hierarchy(7). */
    private static final Set<String> SKELETON = Set.of(
            "/bin", "/dev", "/etc", "/lib", "/lib64", "/proc", "/root", "/run", "/sbin", "/sys", "/tmp", "/usr",
            "/var");

    private final CommandRunner runner;

    /** Takes the gate to other programs. */
    public ContainerDiff(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * Reads the changes by path; the machine may run meanwhile. A top directory that a bare image lacks is told only with
     * something in it, because every container gets one.
     *
     * @param ignored paths whose changes are not told, such as those of files that every container gets
     */
    public SortedMap<String, Kind> read(LayerStack stack, Set<String> ignored) {
        List<Path> layers = new ArrayList<>(stack.lower());
        layers.add(stack.upper());
        SortedMap<String, UpperEntry> entries =
                UpperTree.read(stack.upper(), stack.lower(), new OpaqueDirectories(layers, runner));
        SortedMap<String, Kind> changes = new TreeMap<>();
        for (Map.Entry<String, UpperEntry> entry : entries.entrySet()) {
            Kind kind = kind(entry.getValue());
            if (kind != null && !ignored.contains(entry.getKey())) {
                changes.put(entry.getKey(), kind);
                parents(entry.getKey(), changes);
            }
        }
        SKELETON.forEach(path -> forgetEmpty(path, changes));
        return changes;
    }

    private static void forgetEmpty(String path, SortedMap<String, Kind> changes) {
        boolean empty = changes.subMap(path + "/", path + "0").isEmpty(); // the digit follows the slash
        if (empty && changes.get(path) == Kind.ADDED) {
            changes.remove(path);
        }
    }

    /** Null for a directory that is there only because of what is in it, and for a mark that hides nothing. */
    private static Kind kind(UpperEntry entry) {
        if (entry.type() == UpperEntry.Type.WHITEOUT) {
            return entry.base() == UpperEntry.Base.ABSENT ? null : Kind.DELETED;
        }
        if (entry.base() == UpperEntry.Base.ABSENT) {
            return Kind.ADDED;
        }
        boolean same = entry.type() == UpperEntry.Type.DIRECTORY && entry.base() == UpperEntry.Base.SAME;
        return same ? null : Kind.CHANGED;
    }

    private static void parents(String path, SortedMap<String, Kind> changes) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            changes.putIfAbsent(path.substring(0, slash), Kind.CHANGED);
        }
    }
}
