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
import java.util.List;

/**
 * Real Debian root file systems as tar archives, made once with mmdebstrap and kept in the build directory, so that all
 * tests of both control planes share them.
 */
public final class TestArchives {

    private static final String SUITE = "bookworm";
    private static final Path DIRECTORY =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("target/test-images");

    private TestArchives() {}

    /** With systemd and D-Bus. */
    public static Path bootable() {
        return archive("bootable", List.of("--include=systemd,systemd-sysv,dbus"));
    }

    /** Without an init. */
    public static Path bare() {
        return archive("bare", List.of());
    }

    private static Path archive(String name, List<String> options) {
        Path archive = DIRECTORY.resolve(SUITE + "-" + name + ".tar");
        try {
            Files.createDirectories(DIRECTORY);
            try (FileChannel channel = FileChannel.open(
                            DIRECTORY.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(archive)) {
                    make(archive, options);
                }
            }
            return archive;
        } catch (IOException e) {
            throw new AssertionError("the archive " + archive + " could not be made", e);
        }
    }

    private static void make(Path archive, List<String> options) throws IOException {
        Path unfinished = archive.resolveSibling(archive.getFileName() + ".new");
        // apt gives up its privileges and must still find its way, which it might not in the build directory.
        Path temporary = Files.createTempDirectory(
                "racker-mmdebstrap-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        CommandRunner runner = new CommandRunner();
        try {
            runner.run(Command.of("mmdebstrap", "--quiet", "--mode=root", "--format=tar", "--variant=minbase")
                    .with("--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr")
                    .with(options.toArray(String[]::new))
                    .with("--customize-hook=rm -f \"$1/etc/hostname\" \"$1/etc/resolv.conf\"")
                    .with(SUITE, unfinished.toString())
                    .env("TMPDIR", temporary.toString())
                    .timeout(Duration.ofMinutes(5)));
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
