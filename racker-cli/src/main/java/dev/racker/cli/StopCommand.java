package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Values;
import picocli.CommandLine.Command;

/** Stops containers. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Shut containers down, and kill those that have not ended in time.")
final class StopCommand extends DeclaredCommand {

    private final Session session;

    private final StopOptions options = include(new StopOptions());

    private final Values<String> names = words("CONTAINER", 1, "The container, by name or id.");

    StopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Containers containers = session.harness().containers();
        return new EachContainer(session).apply(names.list(), record -> options.stop(containers, record));
    }
}
