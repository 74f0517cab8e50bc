package dev.racker.harness.store;

import dev.racker.harness.store.TarEntry.Metadata;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an archive has put into an empty tree so far. It decides where a name leads, so that no link of the archive can
 * lead anywhere else: symbolic links among the parents are followed as if the tree were the root of the file system.
 */
final class LayerTree {

    private static final int MOST_LINKS = 40;
    /** PATH_MAX is 4096 bytes with the NUL (limits.h); some stay for the name of the tree itself. */
    private static final int LONGEST_PATH = 3900;

    private static final int LONGEST_NAME = 255;

    /** Anything in the tree. */
    sealed interface Node permits Directory, Symlink, Leaf {}

    /** A symbolic link. */
    record Symlink(String target) implements Node {}

    /** Anything that leads nowhere. */
    enum Leaf implements Node {
        LEAF
    }

    /** A directory; its metadata is set when all is known. */
    static final class Directory implements Node {
        private final Directory parent;
        private final String path;
        private final Map<String, Node> children = new HashMap<>();
        private Set<String> whiteouts = Set.of();
        private Metadata metadata;
        private boolean implicit;
        private boolean opaque;

        private Directory(Directory parent, String path) {
            this.parent = parent;
            this.path = path;
        }

        /** The name from the tree's root, starting with {@code .}; nothing on it is a symbolic link. */
        String path() {
            return path;
        }

        /** The name of a child from the tree's root; fails when it is longer than the kernel allows (PATH_MAX). */
        String pathOf(String name) {
            if (path.length() + name.length() > LONGEST_PATH || name.length() > LONGEST_NAME) {
                throw UnpackException.entry(
                        path + '/' + name, "its name is too long", "Make the archive again without it.");
            }
            return path + '/' + name;
        }

        Metadata metadata() {
            return metadata;
        }

        /** Whether no member of the archive stands for it. */
        boolean implicit() {
            return implicit;
        }

        boolean opaque() {
            return opaque;
        }

        Map<String, Node> children() {
            return children;
        }

        Set<String> whiteouts() {
            return whiteouts;
        }

        void describe(Metadata newMetadata) {
            metadata = newMetadata;
            implicit = false;
        }

        void markOpaque() {
            opaque = true;
        }

        void whiteOut(String name) {
            whiteouts = whiteouts.isEmpty() ? new HashSet<>() : whiteouts;
            whiteouts.add(name);
        }

        /** Puts an empty directory in place of whatever has this name. */
        Directory makeDirectory(String name, Metadata newMetadata) {
            Directory made = new Directory(this, pathOf(name));
            made.metadata = newMetadata;
            children.put(name, made);
            return made;
        }
    }

    /** Told of each directory that is needed and that no member stands for yet. */
    @FunctionalInterface
    interface ImplicitDirectories {
        /** Makes it. */
        void made(Directory directory) throws java.io.IOException;
    }

    private final Directory root = new Directory(null, ".");

    LayerTree(Metadata implicitRoot) {
        root.metadata = implicitRoot;
        root.implicit = true;
    }

    Directory root() {
        return root;
    }

    /** Finds the directory that holds a member's last component; null when there is none. */
    Directory find(String name, List<String> components) throws java.io.IOException {
        return walk(name, components, null, null);
    }

    /** Finds the directory that holds a member's last component, and makes what is missing on the way. */
    Directory make(String name, List<String> components, Metadata metadata, ImplicitDirectories listener)
            throws java.io.IOException {
        return walk(name, components, metadata, listener);
    }

    private Directory walk(String name, List<String> components, Metadata metadata, ImplicitDirectories listener)
            throws java.io.IOException {
        Deque<String> todo = null;
        Directory current = root;
        int links = 0;
        int at = 0;
        int count = components.size() - 1;
        while (at < count || todo != null && !todo.isEmpty()) {
            String component = todo != null && !todo.isEmpty() ? todo.poll() : components.get(at++);
            if (component.isEmpty() || component.equals(".")) {
                continue;
            }
            if (component.equals("..")) {
                current = current.parent == null ? root : current.parent;
                continue;
            }
            Node node = current.children.get(component);
            if (node == null) {
                if (listener == null) {
                    return null;
                }
                Directory made = current.makeDirectory(component, metadata);
                made.implicit = true;
                listener.made(made);
                current = made;
            } else if (node instanceof Directory directory) {
                current = directory;
            } else if (node instanceof Symlink link && ++links <= MOST_LINKS) {
                todo = todo == null ? new ArrayDeque<>() : todo;
                current = link.target().startsWith("/") ? root : current;
                String[] target = link.target().split("/");
                for (int i = target.length - 1; i >= 0; i--) {
                    todo.push(target[i]);
                }
            } else {
                throw UnpackException.entry(
                        name,
                        RawText.display(current.pathOf(component))
                                + (node instanceof Symlink
                                        ? " is a symbolic link that leads in a circle"
                                        : " is not a directory"),
                        "Make the archive again; its members contradict each other.");
            }
        }
        return current;
    }
}
