package dev.racker.harness.acquire;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StackLookup;
import java.nio.file.Path;

/** Overlayfs's mark of opaque directories, by getfattr and setfattr (attr): Java cannot see trusted attributes. */
final class OpaqueMarks implements StackLookup.Marks {

    private static final String NAME = "--name=trusted.overlay.opaque";

    private final CommandRunner runner;

    OpaqueMarks(CommandRunner runner) {
        this.runner = runner;
    }

    @Override
    public boolean isOpaque(Path directory) {
        CommandResult result = runner.run(getCommand(directory));
        return result.status() == 0 && result.text().equals("y");
    }

    void mark(Path directory) {
        runner.run(setCommand(directory));
    }

    static Command getCommand(Path directory) {
        return Command.of(
                        "getfattr",
                        "--absolute-names",
                        "--only-values",
                        "--no-dereference",
                        NAME,
                        "--",
                        directory.toString())
                .expectAny();
    }

    static Command setCommand(Path directory) {
        return Command.of("setfattr", "--no-dereference", NAME, "--value=y", "--", directory.toString());
    }
}
