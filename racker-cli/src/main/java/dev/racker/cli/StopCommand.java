package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Stops containers. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Shut containers down, and kill those that have not ended in time.")
final class StopCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private StopOptions options = new StopOptions();

    @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "The container, by name or id.")
    private List<String> names;

    StopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Containers containers = session.harness().containers();
        return new EachContainer(session).apply(names, record -> options.stop(containers, record));
    }
}
