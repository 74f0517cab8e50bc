package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets frozen containers go on. */
@Command(name = "unpause", mixinStandardHelpOptions = true, description = "Let frozen containers go on.")
final class UnpauseCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "The container, by name or id.")
    private List<String> names;

    UnpauseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Containers containers = session.harness().containers();
        return new EachContainer(session).apply(names, containers::unpause);
    }
}
