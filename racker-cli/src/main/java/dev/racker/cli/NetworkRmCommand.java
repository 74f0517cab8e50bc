package dev.racker.cli;

import dev.racker.harness.ContainerNetworks;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.NoSuchNetworkException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes networks. */
@Command(
        name = "rm",
        aliases = "remove",
        mixinStandardHelpOptions = true,
        description = "Remove networks that no machine is connected to.")
final class NetworkRmCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--force"},
            description = "Do not mind networks that are not there.")
    private boolean force;

    @Parameters(paramLabel = "NETWORK", arity = "1..*", description = "The network, by name or id.")
    private List<String> names;

    NetworkRmCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ContainerNetworks networks = session.harness().networks();
        int status = ExitStatus.OK;
        for (String name : names) {
            try {
                networks.remove(name);
                session.out().println(name);
            } catch (HarnessException e) {
                session.tell(e);
                status = force && e instanceof NoSuchNetworkException ? status : ExitStatus.PARTIAL;
            }
        }
        return status;
    }
}
