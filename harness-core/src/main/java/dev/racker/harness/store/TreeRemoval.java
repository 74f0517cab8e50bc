package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.WhenCancelled;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.time.Duration;

/**
 * Removes trees that anybody may have written: no link is followed, no mount is entered, no name is read as text.
 *
 * <p>Each directory is opened relative to its parent. What is too deep or too closed for that is left to {@code rm}.
 */
final class TreeRemoval {

    /** Each level keeps a descriptor open; 1024 is the usual limit of a process. */
    private static final int DEEPEST = 200;

    private static final int MOUNT_POINT = 4;
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final CommandRunner runner;

    TreeRemoval(CommandRunner runner) {
        this.runner = runner;
    }

    /** Removes a file or a tree; says whether it was there. */
    boolean remove(Path path) {
        try {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return Files.deleteIfExists(path);
            }
            refuseMounts(path.toRealPath(LinkOption.NOFOLLOW_LINKS));
            if (!removeDirectory(path)) {
                removeWithTools(path);
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw StoreFailures.of("remove " + path, e);
        }
    }

    /** Who is not root needs to be let into each directory first; neither tool follows a link below the path. */
    private void removeWithTools(Path path) {
        String tree = path.toString();
        runner.run(Command.of("chmod", "-R", "u+rwX", "--", tree)
                .expectAny()
                .whenCancelled(WhenCancelled.GO_ON)
                .timeout(LONGEST));
        runner.run(Command.of("rm", "-rf", "--one-file-system", "--", tree)
                .whenCancelled(WhenCancelled.GO_ON)
                .timeout(LONGEST));
    }

    /** A mount below would lose its content; proc(5): the fifth field of each line is where it is. */
    private static void refuseMounts(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("/proc/self/mountinfo"));
        String table = new String(bytes, StandardCharsets.ISO_8859_1);
        String top = path.toString();
        int line = 0;
        while (line < table.length()) {
            int start = line;
            for (int field = 0; field < MOUNT_POINT; field++) {
                start = table.indexOf(' ', start) + 1;
            }
            String mounted = table.substring(start, table.indexOf(' ', start));
            if (mounted.equals(top) || mounted.startsWith(top + "/")) {
                throw new HarnessException(
                        "Tried to remove " + path + ", but something is mounted on " + mounted + ".",
                        "Stop what uses it, or run: umount " + mounted);
            }
            line = table.indexOf('\n', start) + 1;
        }
    }

    private static boolean removeDirectory(Path directory) throws IOException {
        try (DirectoryStream<Path> stream =
                Files.newDirectoryStream(directory.toAbsolutePath().getParent())) {
            if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
                return false;
            }
            Path name = directory.getFileName();
            if (!empty(secure, name, 0)) {
                return false;
            }
            secure.deleteDirectory(name);
            return true;
        } catch (java.nio.file.AccessDeniedException e) {
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean empty(SecureDirectoryStream<Path> parent, Path name, int depth) throws IOException {
        if (depth > DEEPEST) {
            return false;
        }
        try (SecureDirectoryStream<Path> entries = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : entries) {
                Path child = entry.getFileName();
                boolean isDirectory = entries.getFileAttributeView(
                                child, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes()
                        .isDirectory();
                if (!isDirectory) {
                    entries.deleteFile(child);
                } else if (empty(entries, child, depth + 1)) {
                    entries.deleteDirectory(child);
                } else {
                    return false;
                }
            }
        }
        return true;
    }
}
