package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.network.NetworkRequest;
import dev.racker.harness.network.NetworkSettings;
import dev.racker.harness.network.PortMapping;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import java.util.ArrayList;
import java.util.List;

/** The options of {@code run} and {@code create} that are about the network, as they were typed. */
final class NetworkFlags extends Options {

    private final Values<String> networks = texts(
            "--network, --net",
            "NETWORK",
            "Connect the machine to this network: bridge (default), host, none, or NAME[:alias=X,ip=Y,...];"
                    + " may be repeated.");

    private final Values<String> aliases =
            texts("--network-alias, --net-alias", "NAME", "Call the machine this, too, in its first network.");

    private final Value<String> ip = text("--ip", "ADDRESS", "Give the machine this IPv4 address.");

    private final Value<String> ip6 = text("--ip6", "ADDRESS", "Give the machine this IPv6 address.");

    private final Value<String> mac = text("--mac-address", "ADDRESS", "Give the machine this hardware address.");

    private final Values<String> published = texts(
            "-p, --publish",
            "[[IP:][HOSTPORT]:]PORT[/PROTO]",
            "Let a port of the machine, or a range of ports, answer on the host.");

    private final Flag publishAll =
            flag("-P, --publish-all", "Let all exposed ports answer on free ports of the host.");

    private final Values<String> exposed =
            texts("--expose", "PORT[-PORT][/PROTO]", "Expose a port or a range of ports.");

    private final Values<String> dns = texts("--dns", "ADDRESS", "Use this name server inside.");

    private final Values<String> dnsSearch =
            texts("--dns-search", "DOMAIN", "Look names up in this domain; . for none.");

    private final Values<String> dnsOptions =
            texts("--dns-option, --dns-opt", "OPTION", "Set this option of the resolver inside, see resolv.conf(5).");

    private final Values<String> hosts = texts(
            "--add-host", "NAME:ADDRESS", "Add a line to /etc/hosts inside; the address host-gateway is the host's.");

    /** What was asked for; throws a {@link HarnessException} that quotes what is wrong. */
    NetworkSettings settings() {
        List<NetworkRequest> requests = requests();
        List<PortMapping> ports = new ArrayList<>(published.list().size());
        for (String text : published.list()) {
            ports.add(PortMapping.parse(text));
        }
        if (!areGiven()) {
            return NetworkSettings.defaults();
        }
        return new NetworkSettings(
                requests,
                ports,
                exposed.list(),
                publishAll.isSet(),
                dns.list(),
                dnsSearch.list(),
                dnsOptions.list(),
                hosts.list());
    }

    /** What the user should know about these options, one sentence each; usually empty. */
    List<String> warnings() {
        boolean host = networks.list().contains(NetworkMode.HOST.toString());
        return host && (published.given() != null || publishAll.isSet())
                ? List.of("Published ports are ignored, because the machine is in the host's network.")
                : List.of();
    }

    private List<NetworkRequest> requests() {
        boolean plain = aliases.list().isEmpty()
                && ip.or("").isEmpty()
                && ip6.or("").isEmpty()
                && mac.or("").isEmpty();
        if (networks.list().isEmpty() && plain) {
            return List.of();
        }
        List<NetworkRequest> requests = new ArrayList<>(networks.list().size());
        for (String text : networks.list()) {
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
            requests.set(0, requests.get(0).with(aliases.list(), ip.or(""), ip6.or(""), mac.or("")));
        }
        return requests;
    }
}
