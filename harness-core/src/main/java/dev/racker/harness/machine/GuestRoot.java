package dev.racker.harness.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Finds files of a machine's root file system from the host; symbolic links are followed inside and never into the host. */
final class GuestRoot {

    /** What Linux allows, see path_resolution(7). */
    private static final int MOST_LINKS = 40;

    private final Path root;

    GuestRoot(Path root) {
        this.root = root;
    }

    /** What is at a path; empty when there is nothing, or nothing that can be reached. */
    Optional<Path> find(String path) {
        Deque<String> todo = new ArrayDeque<>();
        push(todo, path);
        Deque<Path> parents = new ArrayDeque<>();
        Path here = root;
        int links = 0;
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (name.equals("..")) {
                here = parents.isEmpty() ? root : parents.pop();
                continue;
            }
            Path entry = here.resolve(name);
            if (Files.isSymbolicLink(entry)) {
                String target = readLink(entry);
                if (target == null || ++links > MOST_LINKS) {
                    return Optional.empty();
                }
                if (target.startsWith("/")) {
                    parents.clear();
                    here = root;
                }
                push(todo, target);
            } else if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
                parents.push(here);
                here = entry;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(here);
    }

    private static String readLink(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return null; // it is gone
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
