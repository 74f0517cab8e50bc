package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a machine that runs off a network. */
@Command(
        name = "disconnect",
        mixinStandardHelpOptions = true,
        description = "Take the machine of a container off a network.")
final class NetworkDisconnectCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--force"},
            description = "Change nothing: the machine is never asked.")
    private boolean force;

    @Parameters(index = "0", paramLabel = "NETWORK", description = "The network, by name or id.")
    private String network;

    @Parameters(index = "1", paramLabel = "CONTAINER", description = "The container, by name or id.")
    private String container;

    NetworkDisconnectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return NetworkCommand.telling(session, () -> {
            Harness harness = session.harness();
            harness.networks()
                    .disconnect(harness.containers().get(container), network)
                    .forEach(session.err()::println);
        });
    }
}
