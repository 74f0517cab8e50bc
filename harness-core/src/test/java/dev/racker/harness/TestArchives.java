package dev.racker.harness;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Real Debian root file systems as tar archives, made once with mmdebstrap and kept in the build directory of
 * harness-core, so that all tests of both control planes and of all modules share them. Each takes about a quarter of a
 * minute to make on an idle machine.
 */
public final class TestArchives {

    /** The release that most tests use. */
    public static final String SUITE = "bookworm";

    /** What an image needs to boot. */
    static final String BOOTABLE = "systemd,systemd-sysv,dbus";

    private static final String MERGED = "--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr";

    private TestArchives() {}

    /** With systemd and D-Bus. */
    public static Path bootable() {
        return archive(SUITE + "-bootable", SUITE, List.of(MERGED, "--include=" + BOOTABLE));
    }

    /** Without an init. */
    public static Path bare() {
        return archive(SUITE + "-bare", SUITE, List.of(MERGED));
    }

    /** Another release of Debian with systemd and D-Bus: {@code bullseye}, {@code trixie}, {@code testing}, {@code sid}. */
    public static Path bootable(String suite) {
        if (suite.equals(SUITE)) {
            return bootable();
        }
        List<String> options = new ArrayList<>(List.of("--include=" + BOOTABLE));
        if (!suite.equals("bullseye")) {
            options.add(MERGED);
        }
        if (suite.equals("sid") || suite.equals("testing")) {
            // A mirror that is not updated every day is as good for a test.
            options.add("--aptopt=Acquire::Check-Valid-Until \"false\"");
        }
        return archive(suite + "-bootable", suite, options);
    }

    /** Where archives are kept: the same place whichever module asks. */
    static Path directory() {
        return Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolveSibling("harness-core")
                .resolve("target/test-images");
    }

    /** The archive of a name, made of a suite and options of mmdebstrap when it is not there yet. */
    static Path archive(String name, String suite, List<String> options) {
        Path archive = directory().resolve(name + ".tar");
        try {
            Files.createDirectories(directory());
            try (FileChannel channel = FileChannel.open(
                            directory().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(archive)) {
                    make(archive, suite, options);
                }
            }
            return archive;
        } catch (IOException e) {
            throw new AssertionError("the archive " + archive + " could not be made", e);
        }
    }

    private static void make(Path archive, String suite, List<String> options) throws IOException {
        Path unfinished = archive.resolveSibling(archive.getFileName() + ".new");
        // apt gives up its privileges and must still find its way, which it might not in the build directory.
        Path temporary = Files.createTempDirectory(
                "racker-mmdebstrap-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        CommandRunner runner = new CommandRunner();
        try {
            runner.run(Command.of("mmdebstrap", "--quiet", "--mode=root", "--format=tar", "--variant=minbase")
                    .with(options.toArray(String[]::new))
                    .with("--customize-hook=rm -f \"$1/etc/hostname\" \"$1/etc/resolv.conf\"")
                    .with(suite, unfinished.toString())
                    .env("TMPDIR", temporary.toString())
                    .timeout(Duration.ofMinutes(5)));
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
