package dev.racker.harness.acquire;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StackLookup;
import java.nio.file.Path;

/** The program getfattr (getfattr(1)), for the attributes in the trusted name space that Java cannot read. */
final class Getfattr implements StackLookup.Marks {

    private final CommandRunner runner;

    Getfattr(CommandRunner runner) {
        this.runner = runner;
    }

    @Override
    public boolean isOpaque(Path directory) {
        CommandResult result = runner.run(command(directory));
        return result.status() == 0 && result.text().equals("y");
    }

    static Command command(Path directory) {
        return Command.of(
                        "getfattr",
                        "--absolute-names",
                        "--only-values",
                        "--no-dereference",
                        "--name=trusted.overlay.opaque",
                        "--",
                        directory.toString())
                .expectAny();
    }
}
