package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A path in a container after its links were followed, inside the container and never out of it.
 *
 * @param names from the root, none of them a link but perhaps the last
 * @param attributes of what is there; null when there is nothing
 * @param parentExists whether the last name's directory is there
 */
record GuestPath(List<String> names, BasicFileAttributes attributes, boolean parentExists) {

    /** What Linux allows, see path_resolution(7). */
    private static final int MOST_LINKS = 40;

    /**
     * Follows a path from a root directory.
     *
     * @param follow whether a link at its very end is followed, too
     * @throws HarnessException when there are too many links
     */
    static GuestPath resolve(Path root, String path, boolean follow) {
        Deque<String> todo = new ArrayDeque<>();
        push(todo, path);
        List<String> done = new ArrayList<>();
        BasicFileAttributes here = attributes(at(root, List.of()));
        int links = 0;
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (name.equals("..")) {
                if (!done.isEmpty()) {
                    done.remove(done.size() - 1);
                }
                here = attributes(at(root, done));
                continue;
            }
            BasicFileAttributes next = here != null && here.isDirectory()
                    ? attributes(at(root, done).resolve(name))
                    : null;
            if (next == null) {
                boolean parent = here != null && here.isDirectory() && todo.isEmpty();
                done.add(name);
                done.addAll(todo);
                return new GuestPath(List.copyOf(done), null, parent);
            }
            if (next.isSymbolicLink() && (follow || !todo.isEmpty())) {
                if (++links > MOST_LINKS) {
                    throw new HarnessException(
                            "Tried to follow \"" + path + "\", but there are too many levels of symbolic links.", null);
                }
                String target = link(at(root, done).resolve(name));
                if (target.startsWith("/")) {
                    done.clear();
                    here = attributes(at(root, List.of()));
                }
                push(todo, target);
            } else {
                done.add(name);
                here = next;
            }
        }
        return new GuestPath(List.copyOf(done), here, true);
    }

    private static void push(Deque<String> todo, String path) {
        String[] names = path.split("/");
        for (int i = names.length - 1; i >= 0; i--) {
            if (!names[i].isEmpty() && !names[i].equals(".")) {
                todo.push(names[i]);
            }
        }
    }

    private static Path at(Path root, List<String> names) {
        Path path = root.resolve("."); // the root itself may be a link of proc(5)
        for (String name : names) {
            path = path.resolve(name);
        }
        return path;
    }

    private static BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return null; // nothing is there, or nothing that can be looked at
        }
    }

    private static String link(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new HarnessException("Tried to follow the link " + link + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    boolean exists() {
        return attributes != null;
    }

    boolean isDirectory() {
        return attributes != null && attributes.isDirectory();
    }

    /** Relative to the root, beginning with {@code ./}, so that it is no option whatever it is called. */
    String relative() {
        return names.isEmpty() ? "." : "./" + String.join("/", names);
    }

    /** The same of its directory. */
    String parent() {
        return names.size() < 2 ? "." : "./" + String.join("/", names.subList(0, names.size() - 1));
    }

    /** Its last name; a dot for the root itself. */
    String name() {
        return names.isEmpty() ? "." : names.get(names.size() - 1);
    }

    /** As it is called inside. */
    String absolute() {
        return "/" + String.join("/", names);
    }
}
