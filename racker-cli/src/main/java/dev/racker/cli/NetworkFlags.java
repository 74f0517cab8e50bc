package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.network.NetworkRequest;
import dev.racker.harness.network.NetworkSettings;
import dev.racker.harness.network.PortMapping;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code run} and {@code create} that are about the network, as they were typed. */
final class NetworkFlags {

    @Option(
            names = {"--network", "--net"},
            paramLabel = "NETWORK",
            description =
                    "Connect the machine to this network: bridge (default), host, none, or NAME[:alias=X,ip=Y,...];"
                            + " may be repeated.")
    private List<String> networks = new ArrayList<>();

    @Option(
            names = {"--network-alias", "--net-alias"},
            paramLabel = "NAME",
            description = "Call the machine this, too, in its first network.")
    private List<String> aliases = new ArrayList<>();

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "Give the machine this IPv4 address.")
    private String ip = "";

    @Option(names = "--ip6", paramLabel = "ADDRESS", description = "Give the machine this IPv6 address.")
    private String ip6 = "";

    @Option(names = "--mac-address", paramLabel = "ADDRESS", description = "Give the machine this hardware address.")
    private String mac = "";

    @Option(
            names = {"-p", "--publish"},
            paramLabel = "[[IP:][HOSTPORT]:]PORT[/PROTO]",
            description = "Let a port of the machine, or a range of ports, answer on the host.")
    private List<String> published = new ArrayList<>();

    @Option(
            names = {"-P", "--publish-all"},
            description = "Let all exposed ports answer on free ports of the host.")
    private boolean publishAll;

    @Option(names = "--expose", paramLabel = "PORT[-PORT][/PROTO]", description = "Expose a port or a range of ports.")
    private List<String> exposed = new ArrayList<>();

    @Option(names = "--dns", paramLabel = "ADDRESS", description = "Use this name server inside.")
    private List<String> dns = new ArrayList<>();

    @Option(names = "--dns-search", paramLabel = "DOMAIN", description = "Look names up in this domain; . for none.")
    private List<String> dnsSearch = new ArrayList<>();

    @Option(
            names = {"--dns-option", "--dns-opt"},
            paramLabel = "OPTION",
            description = "Set this option of the resolver inside, see resolv.conf(5).")
    private List<String> dnsOptions = new ArrayList<>();

    @Option(
            names = "--add-host",
            paramLabel = "NAME:ADDRESS",
            description = "Add a line to /etc/hosts inside; the address host-gateway is the host's.")
    private List<String> hosts = new ArrayList<>();

    /** What was asked for; throws a {@link HarnessException} that quotes what is wrong. */
    NetworkSettings settings() {
        List<NetworkRequest> requests = requests();
        List<PortMapping> ports = new ArrayList<>(published.size());
        for (String text : published) {
            ports.add(PortMapping.parse(text));
        }
        if (requests.isEmpty() && ports.isEmpty() && isSilent()) {
            return NetworkSettings.defaults();
        }
        return new NetworkSettings(requests, ports, exposed, publishAll, dns, dnsSearch, dnsOptions, hosts);
    }

    /** What the user should know about these options, one sentence each; usually empty. */
    List<String> warnings() {
        boolean host = networks.contains(NetworkMode.HOST.toString());
        return host && !(published.isEmpty() && !publishAll)
                ? List.of("Published ports are ignored, because the machine is in the host's network.")
                : List.of();
    }

    private boolean isSilent() {
        return exposed.isEmpty()
                && !publishAll
                && dns.isEmpty()
                && dnsSearch.isEmpty()
                && dnsOptions.isEmpty()
                && hosts.isEmpty();
    }

    private List<NetworkRequest> requests() {
        boolean plain = aliases.isEmpty() && ip.isEmpty() && ip6.isEmpty() && mac.isEmpty();
        if (networks.isEmpty() && plain) {
            return List.of();
        }
        List<NetworkRequest> requests = new ArrayList<>(networks.size());
        for (String text : networks) {
            if (text.startsWith("container:") || text.startsWith("ns:")) {
                throw new HarnessException(
                        "Tried to use \"" + text
                                + "\" as a network, but sharing the network of another container is not"
                                + " supported.",
                        "Connect both to a network of their own, see `racker network create --help`.");
            }
            requests.add(NetworkRequest.parse(text.equals("default") ? "bridge" : text));
        }
        if (requests.isEmpty()) {
            requests.add(NetworkRequest.of("bridge"));
        }
        if (!plain) {
            requests.set(0, requests.get(0).with(aliases, ip, ip6, mac));
        }
        return requests;
    }
}
