package dev.racker.harness.acquire;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.nio.file.Path;

/** The program unsquashfs (squashfs-tools). */
final class Unsquashfs {

    private final CommandRunner runner;

    Unsquashfs(CommandRunner runner) {
        this.runner = runner;
    }

    /** Unpacks a whole file system into a directory that is not there yet. */
    void unpack(Path file, Path directory) {
        runner.run(command(file, directory));
    }

    static Command command(Path file, Path directory) {
        return Command.of(
                "unsquashfs", "-no-progress", "-quiet", "-xattrs", "-dest", directory.toString(), file.toString());
    }
}
