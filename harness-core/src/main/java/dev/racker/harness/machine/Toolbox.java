package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Copies of a few programs of the host, with the libraries and the loader that they need, which start a payload in a
 * machine whose image holds nothing that could.
 *
 * <p>A machine sees them read-only at {@link #PLACE}. They are made when they are first needed, and again when the
 * host's programs have changed.
 *
 * @param directory where they are on the host
 */
public record Toolbox(Path directory) {

    /** Where machines see them: on a file system that nspawn makes, so the image's own tree stays as it is. */
    public static final String PLACE = "/dev/racker";

    private static final List<String> SCRIPTS = List.of("start", "shell");
    private static final String INIT = "init";

    /** An empty directory, for those to whom the toolbox is their root. */
    private static final String ROOT = "root";

    private static final List<String> PROGRAMS = List.of("sh", "setpriv", "env", "mkdir", "script", "tar");
    private static final List<String> PROGRAM_PLACES = List.of("/usr/bin", "/bin");

    /** catatonit is what podman, and a static tini under that name what docker puts in front of a payload. */
    private static final List<String> INITS = List.of(
            "/usr/bin/catatonit",
            "/usr/libexec/podman/catatonit",
            "/usr/libexec/catatonit/catatonit",
            "/usr/bin/docker-init",
            "/usr/libexec/docker/docker-init");

    /** ld.so(8); the name is the architecture's. */
    private static final List<String> LOADERS = List.of(
            "/lib64/ld-linux-x86-64.so.2",
            "/lib/ld-linux-aarch64.so.1",
            "/lib64/ld64.so.2",
            "/lib/ld64.so.1",
            "/lib/ld-linux-riscv64-lp64d.so.1",
            "/lib64/ld-linux-loongarch-lp64d.so.1",
            "/lib/ld-linux-armhf.so.3",
            "/lib/ld-linux.so.2");

    /** Finds or makes the toolbox of this host below a directory that programs can be run from. */
    public static Toolbox of(Path parent, CommandRunner runner) {
        try {
            Path directory = current(parent);
            if (!Files.isDirectory(directory)) {
                make(directory, runner);
            }
            Files.setLastModifiedTime(directory, FileTime.from(Instant.now())); // see OldToolboxes
            return new Toolbox(directory);
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to prepare what starts payloads in " + parent + ", but: " + e.getMessage() + ".",
                    "Check the free space and the permissions of that file system.",
                    e);
        }
    }

    /** Where the one of the programs that this host has now is, or would be. */
    static Path current(Path parent) throws IOException {
        return parent.resolve(fingerprint());
    }

    /** Says whether it holds an init. */
    public boolean hasInit() {
        return Files.exists(directory.resolve(INIT));
    }

    /** The beginning of a command line, inside a machine, that runs one of the programs. */
    static List<String> program(String name) {
        return List.of(PLACE + "/ld.so", "--library-path", PLACE, PLACE + "/" + name);
    }

    /** The init, which is a static program, inside a machine. */
    static String init() {
        return PLACE + "/" + INIT;
    }

    /** A program that runs "-c COMMAND", for those that only know how to start a shell; needs LD_LIBRARY_PATH. */
    static String shell() {
        return PLACE + "/shell";
    }

    private static byte[] script(String name) {
        return Script.read(name + ".sh");
    }

    private static String fingerprint() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String program : PROGRAMS) {
            append(text, find(program));
        }
        append(text, loader());
        append(text, first(INITS));
        CRC32 sum = new CRC32();
        sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        for (String script : SCRIPTS) {
            sum.update(script(script));
        }
        return Long.toHexString(sum.getValue());
    }

    private static void append(StringBuilder text, Path file) throws IOException {
        if (file != null) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            text.append(file)
                    .append(' ')
                    .append(attributes.size())
                    .append(' ')
                    .append(attributes.lastModifiedTime().toMillis())
                    .append('\n');
        }
    }

    private static void make(Path directory, CommandRunner runner) throws IOException {
        Files.createDirectories(directory.getParent());
        Path unfinished = Files.createTempDirectory(directory.getParent(), ".tmp-");
        try {
            fill(unfinished, runner);
            Files.move(unfinished, directory);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            remove(unfinished); // somebody else was faster
        } catch (IOException | RuntimeException e) {
            remove(unfinished);
            throw e;
        }
    }

    private static void fill(Path directory, CommandRunner runner) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String script : SCRIPTS) {
            Path file = Files.write(directory.resolve(script), script(script));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.createDirectory(directory.resolve(ROOT));
        copy(loader(), directory.resolve("ld.so"));
        Command ldd = Command.of("ldd");
        for (String name : PROGRAMS) {
            Path program = find(name);
            copy(program, directory.resolve(name));
            ldd = ldd.with(program.toString());
        }
        for (String line : runner.run(ldd).text().split("\n")) {
            // "	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f00)"
            int arrow = line.indexOf(" => /");
            Path library = arrow < 0
                    ? null
                    : directory.resolve(line.substring(0, arrow).strip());
            if (library != null && !Files.exists(library)) {
                copy(Path.of(line.substring(arrow + 4, line.lastIndexOf(" ("))), library);
            }
        }
        if (first(INITS) != null) {
            copy(first(INITS), directory.resolve(INIT));
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.copy(source.toRealPath(), target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static void remove(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private static Path find(String program) {
        for (String place : PROGRAM_PLACES) {
            Path path = Path.of(place, program);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        throw new HarnessException(
                "Tried to prepare what starts payloads, but this host has no " + program + " in "
                        + String.join(" or ", PROGRAM_PLACES) + ".",
                "Install it.");
    }

    private static Path loader() {
        Path loader = first(LOADERS);
        if (loader == null) {
            throw new HarnessException(
                    "Tried to prepare what starts payloads, but this host has no ld.so of the GNU C library.", null);
        }
        return loader;
    }

    private static Path first(List<String> candidates) {
        for (String candidate : candidates) {
            Path path = Path.of(candidate);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        return null;
    }
}
