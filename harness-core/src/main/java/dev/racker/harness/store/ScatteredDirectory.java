package dev.racker.harness.store;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Directories whose own directories have nothing to do with each other, so that ext4 had better not put them side by
 * side (chattr(1), T). Beside trees that were removed a moment ago it would make files slowly: it does not take a free
 * inode again for a while, and looks at each of them anew for every file.
 */
final class ScatteredDirectory {

    private final CommandRunner runner;

    ScatteredDirectory(CommandRunner runner) {
        this.runner = runner;
    }

    /** Makes the directory when it is missing; other file systems, and a missing chattr, make no difference. */
    void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory);
        try {
            runner.run(command(directory));
        } catch (CommandException e) {
            if (e.reason() != CommandException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    static Command command(Path directory) {
        return Command.of("chattr", "+T", "--", directory.toString()).expectAny();
    }
}
