package dev.racker.cli;

import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.NetworkDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a network. */
@Command(name = "create", mixinStandardHelpOptions = true, description = "Make a network, and print its id.")
final class NetworkCreateCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-d", "--driver"},
            paramLabel = "bridge",
            description = "The kind of network; there is one only.")
    private String driver = "bridge";

    @Option(names = "--subnet", paramLabel = "RANGE", description = "The addresses of the network: 172.20.0.0/16.")
    private List<String> subnets = new ArrayList<>();

    @Option(names = "--gateway", paramLabel = "ADDRESS", description = "The host's address in a subnet.")
    private List<String> gateways = new ArrayList<>();

    @Option(names = "--ip-range", paramLabel = "RANGE", description = "Choose addresses from this part of a subnet.")
    private List<String> ipRanges = new ArrayList<>();

    @Option(names = "--internal", description = "Let machines reach each other only.")
    private boolean internal;

    @Option(names = "--ipv6", description = "Give machines IPv6 addresses, too.")
    private boolean ipv6;

    @Option(names = "--label", paramLabel = "KEY[=VALUE]", description = "Write a label on the network.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = {"-o", "--opt"},
            paramLabel = "KEY=VALUE",
            description = "Set com.docker.network.bridge.name or com.docker.network.driver.mtu.")
    private List<String> options = new ArrayList<>();

    @Parameters(paramLabel = "NETWORK", description = "The name of the network.")
    private String name;

    NetworkCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return NetworkCommand.telling(session, this::create);
    }

    private void create() {
        if (!driver.equals("bridge")) {
            throw new HarnessException(
                    "Tried to create a network with the driver \"" + driver + "\", but there is no such driver.",
                    "Leave --driver out, or use bridge.");
        }
        NetworkDraft draft = new NetworkDraft(
                name, subnets, gateways, ipRanges, internal, ipv6, pairs("--label", labels), pairs("--opt", options));
        session.out().println(session.harness().networks().create(draft).id());
    }

    private static Map<String, String> pairs(String option, List<String> texts) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            if (key.isEmpty()) {
                throw new HarnessException(
                        "Tried to read " + option + " \"" + text + "\", but it has no name.", "Write KEY=VALUE.");
            }
            pairs.put(key, equals < 0 ? "" : text.substring(equals + 1));
        }
        return pairs;
    }
}
