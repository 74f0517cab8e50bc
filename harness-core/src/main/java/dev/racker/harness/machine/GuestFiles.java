package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Copies files into and out of a machine.
 *
 * <p>A process inside reads and writes them, so that a link inside never leads to a file of the host. Files copied in
 * belong to root inside; modes and times are kept.
 */
public final class GuestFiles {

    private static final Duration COPY = Duration.ofHours(1);

    private final Machine machine;

    GuestFiles(Machine machine) {
        this.machine = machine;
    }

    /**
     * Copies a file or directory of the host to a path inside; as with cp(1), into it when it is a directory.
     *
     * @throws HarnessException when {@code source} does not exist or the copy fails
     */
    public void copyIn(Path source, String target) {
        Path file = source.toAbsolutePath().normalize();
        if (!Files.exists(file)) {
            throw new HarnessException("Tried to copy " + source + ", but there is no such file.", null);
        }
        boolean into = machine.tool(List.of("test", "-d", target), COPY).status() == 0;
        if (!into && target.endsWith("/")) {
            throw new HarnessException(
                    "Tried to copy " + source + " to " + target + ", but there is no such directory.", null);
        }
        String name = into ? file.getFileName().toString() : lastName(target);
        String directory = into ? target : parent(target);
        Command pack = Command.of(
                "tar",
                "--create",
                "--no-wildcards",
                "--transform=" + rename(file.getFileName().toString(), name),
                "--directory=" + file.getParent(),
                "--",
                "./" + file.getFileName());
        Command unpack = machine.entering(
                List.of("tar", "--extract", "--no-same-owner", "--preserve-permissions", "--directory=" + directory));
        pipe(pack, unpack, "copy " + source + " to " + target);
    }

    /**
     * Copies a file or directory from inside to a path on the host; into it when it is a directory.
     *
     * @throws HarnessException when {@code path} does not exist inside or the copy fails
     */
    public void copyOut(String path, Path target) {
        String source = withoutSlash(path);
        Path file = target.toAbsolutePath().normalize();
        boolean into = Files.isDirectory(file);
        String name = into ? lastName(source) : file.getFileName().toString();
        Path directory = into ? file : file.getParent();
        Command pack = machine.entering(
                List.of("tar", "--create", "--directory=" + parent(source), "--", "./" + lastName(source)));
        Command unpack = Command.of(
                "tar",
                "--extract",
                "--no-same-owner",
                "--transform=" + rename(lastName(source), name),
                "--directory=" + directory);
        pipe(pack, unpack, "copy " + source + " to " + target);
    }

    private void pipe(Command pack, Command unpack, String what) {
        try (RunningCommand reader =
                        machine.runner().start(pack.expectAny().timeout(COPY).stdout(Output.pipe()));
                RunningCommand writer =
                        machine.runner().start(unpack.expectAny().timeout(COPY).stdin(Input.pipe()))) {
            // When one side has ended early, its own words say more than the broken pipe of the other.
            IOException broken = null;
            try (InputStream in = reader.stdout();
                    OutputStream out = writer.stdin()) {
                in.transferTo(out);
            } catch (IOException e) {
                broken = e;
            }
            CommandResult read = reader.await();
            CommandResult written = writer.await();
            check(broken == null ? read : written, what);
            check(broken == null ? written : read, what);
            if (broken != null) {
                throw broken;
            }
        } catch (IOException e) {
            throw new HarnessException("Tried to " + what + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    private static void check(CommandResult result, String what) {
        if (result.status() != 0) {
            throw new HarnessException("Tried to " + what + ", but tar said: " + result.errorText(), null);
        }
    }

    /** A sed expression of tar that renames the first component after {@code ./}. */
    private static String rename(String from, String to) {
        return "flags=r;s,^\\./" + pattern(from) + "," + "./" + replacement(to) + ",";
    }

    private static String pattern(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            if ("\\.[]*^$,/".indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    private static String replacement(String text) {
        return text.replace("\\", "\\\\").replace("&", "\\&").replace(",", "\\,");
    }

    private static String withoutSlash(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
