package dev.racker.harness.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds files in a stack of layers as an overlay mount of them would show it, without mounting it.
 *
 * <p>Whiteouts and opaque directories hide what is below them, directories of several layers are merged, and symbolic
 * links, absolute ones too, are followed inside the stack and never into the host.
 */
public final class StackLookup {

    /** What Linux allows, see path_resolution(7). */
    private static final int MOST_LINKS = 40;

    private final List<Path> root;
    private final Marks marks;

    /** How overlayfs marks what hides lower layers (kernel documentation, filesystems/overlayfs). */
    public interface Marks {

        /** Says whether this entry, which is neither file, directory nor link, is a whiteout: a 0/0 character device. */
        default boolean isWhiteout(Path entry) {
            try {
                long mode = ((Integer) Files.getAttribute(entry, "unix:mode", LinkOption.NOFOLLOW_LINKS)) & 0170000;
                long device = (Long) Files.getAttribute(entry, "unix:rdev", LinkOption.NOFOLLOW_LINKS);
                return mode == 0020000 && device == 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Says whether a directory hides the one below it: {@code trusted.overlay.opaque} is {@code y}. */
        boolean isOpaque(Path directory);

        /** Says how many of these directories, merged topmost first, are seen: one that is opaque hides those after it. */
        default int seen(List<Path> topFirst) {
            for (int i = 0; i < topFirst.size() - 1; i++) {
                if (isOpaque(topFirst.get(i))) {
                    return i + 1;
                }
            }
            return topFirst.size();
        }
    }

    /** Looks into these layers, the lowest first. */
    public StackLookup(List<Path> layers, Marks marks) {
        List<Path> topFirst = new ArrayList<>(layers.size());
        for (int i = layers.size() - 1; i >= 0; i--) {
            topFirst.add(layers.get(i));
        }
        this.root = topFirst;
        this.marks = marks;
    }

    /**
     * Finds what is at a path, after following symbolic links.
     *
     * @param path with or without a leading slash
     * @return the file or the topmost directory in its layer; empty when there is nothing, or only a broken link
     * @throws UncheckedIOException when a layer cannot be read
     */
    public Optional<Path> find(String path) {
        Deque<String> todo = new ArrayDeque<>();
        push(todo, path);
        Deque<List<Path>> parents = new ArrayDeque<>();
        List<Path> here = root;
        int links = 0;
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (name.equals("..")) {
                here = parents.isEmpty() ? root : parents.pop();
                continue;
            }
            List<Path> found = entries(here, Path.of(name), marks);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Path top = found.get(0);
            if (Files.isSymbolicLink(top)) {
                if (++links > MOST_LINKS) {
                    return Optional.empty();
                }
                String target = readLink(top);
                if (target.startsWith("/")) {
                    parents.clear();
                    here = root;
                }
                push(todo, target);
            } else if (Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
                parents.push(here);
                here = found;
            } else {
                return todo.isEmpty() ? Optional.of(top) : Optional.empty();
            }
        }
        return Optional.of(here.get(0));
    }

    /** Says whether a path leads to a regular file that somebody may execute. */
    public boolean isProgram(String path) {
        Optional<Path> found = find(path);
        return found.isPresent() && Files.isRegularFile(found.get()) && Files.isExecutable(found.get());
    }

    /**
     * The entries of one name in merged directories, topmost first: one file or link, or the directories to merge.
     *
     * @param directories what is merged, topmost first
     * @throws UncheckedIOException when a layer cannot be read
     */
    public static List<Path> entries(List<Path> directories, Path name, Marks marks) {
        List<Path> found = new ArrayList<>(1);
        for (Path directory : directories) {
            Path entry = directory.resolve(name);
            BasicFileAttributes attributes = attributes(entry);
            if (attributes == null) {
                continue;
            }
            if (attributes.isOther() && marks.isWhiteout(entry)) {
                break;
            }
            if (!attributes.isDirectory()) {
                if (found.isEmpty()) {
                    found.add(entry);
                }
                break;
            }
            found.add(entry);
        }
        return found.size() < 2 ? found : found.subList(0, marks.seen(found));
    }

    private static BasicFileAttributes attributes(Path entry) {
        try {
            return Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (java.nio.file.NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readLink(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void push(Deque<String> todo, String path) {
        String[] names = path.split("/");
        for (int i = names.length - 1; i >= 0; i--) {
            if (!names[i].isEmpty() && !names[i].equals(".")) {
                todo.push(names[i]);
            }
        }
    }
}
