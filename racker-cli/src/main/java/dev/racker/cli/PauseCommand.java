package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Freezes containers. */
@Command(name = "pause", mixinStandardHelpOptions = true, description = "Freeze everything that runs in containers.")
final class PauseCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "The container, by name or id.")
    private List<String> names;

    PauseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Containers containers = session.harness().containers();
        return new EachContainer(session).apply(names, containers::pause);
    }
}
