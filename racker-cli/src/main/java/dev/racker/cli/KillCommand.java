package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a signal to what runs in containers. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description = "Send a signal to what runs in containers; KILL ends their machines at once.")
final class KillCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-s", "--signal"},
            paramLabel = "SIGNAL",
            description = "The signal, by name or number (default: KILL).")
    private String signal = "KILL";

    @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "The container, by name or id.")
    private List<String> names;

    KillCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String name = SignalNames.of(signal);
        Containers containers = session.harness().containers();
        return new EachContainer(session).apply(names, record -> containers.kill(record, name));
    }
}
