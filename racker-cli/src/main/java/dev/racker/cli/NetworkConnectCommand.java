package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.network.NetworkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connects a machine that runs to one more network. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description = "Connect the machine of a container to one more network.")
final class NetworkConnectCommand implements Callable<Integer> {

    private final Session session;

    @Option(names = "--alias", paramLabel = "NAME", description = "Call the machine this, too, in that network.")
    private List<String> aliases = new ArrayList<>();

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "Give the machine this IPv4 address there.")
    private String ip = "";

    @Option(names = "--ip6", paramLabel = "ADDRESS", description = "Give the machine this IPv6 address there.")
    private String ip6 = "";

    @Option(names = "--mac-address", paramLabel = "ADDRESS", description = "Give it this hardware address there.")
    private String mac = "";

    @Parameters(index = "0", paramLabel = "NETWORK", description = "The network, by name or id.")
    private String network;

    @Parameters(index = "1", paramLabel = "CONTAINER", description = "The container, by name or id.")
    private String container;

    NetworkConnectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return NetworkCommand.telling(session, () -> {
            NetworkRequest request = new NetworkRequest(network, aliases, ip, ip6, mac);
            Harness harness = session.harness();
            harness.networks()
                    .connect(harness.containers().get(container), request)
                    .forEach(session.err()::println);
        });
    }
}
