package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes what a machine needs that is in networks of users, or whose ports are published. */
final class MemberPreparation {

    private final Networks networks;
    private final String containerId;
    private final NetworkOptions options;
    private final List<NetworkRequest> requests;

    MemberPreparation(Networks networks, String containerId, NetworkOptions options) {
        this.networks = networks;
        this.containerId = containerId;
        this.options = options;
        List<NetworkRequest> asked = options.settings().requests();
        this.requests = asked.isEmpty() ? List.of(NetworkRequest.of("bridge")) : asked;
    }

    Attachment prepare() throws IOException {
        Netavark netavark = networks.netavark();
        Path member = networks.members().resolve(containerId);
        if (Files.exists(member) || Files.exists(networks.directory().resolve(containerId + ".json"))) {
            networks.sweep(other -> !other.equals(containerId));
        }
        Files.createDirectories(networks.members());
        Files.writeString(member, "- -\n");
        try {
            MemberAttachment.Taken taken = take(netavark);
            return new MemberAttachment(networks.runner(), netavark, taken, dns(netavark, taken), hosts(taken.all()));
        } catch (RuntimeException | IOException failure) {
            giveBack(netavark, failure);
            throw failure;
        }
    }

    private void giveBack(Netavark netavark, Exception failure) {
        try {
            networks.sweep(other -> !other.equals(containerId));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @SuppressWarnings("try") // the lock is only held
    private MemberAttachment.Taken take(Netavark netavark) throws IOException {
        Optional<NetavarkConfig> onBridge = Optional.empty();
        List<UserNetwork> joined = new ArrayList<>();
        List<Connection> places = new ArrayList<>();
        try (Lock using = networks.definitions().using()) {
            for (NetworkRequest request : requests) {
                if (request.network().equals("bridge")) {
                    onBridge = Optional.of(
                            networks.takeBridge(containerId, options, request.mac(), NetavarkConfig.INTERFACE));
                }
            }
            int next = onBridge.isPresent() ? 1 : 0;
            for (NetworkRequest request : requests) {
                if (!request.network().equals("bridge")) {
                    UserNetwork network = usable(netavark, request.network());
                    places.add(network.take(containerId, request, "eth" + next++, options));
                    joined.add(network);
                }
            }
        }
        MemberAttachment.Taken taken = new MemberAttachment.Taken(containerId, onBridge, joined, places, List.of());
        List<PortMapping> wanted = options.settings().published();
        return wanted.isEmpty()
                ? taken
                : new MemberAttachment.Taken(containerId, onBridge, joined, places, ports(wanted, taken.all()));
    }

    /** The network of this name or id, when it can be had on this host now; the lock of definitions is held. */
    UserNetwork usable(Netavark netavark, String nameOrId) throws IOException {
        NetworkDefinition definition = networks.definitions().get(nameOrId);
        if (!Files.isExecutable(netavark.forwarder())) {
            throw new HarnessException(
                    "Tried to connect a machine to network " + definition.name()
                            + ", but there is no aardvark-dns on this host, which knows the names there.",
                    "Install the package aardvark-dns.");
        }
        Cidr range = definition.four().range();
        for (Map.Entry<String, Cidr> route :
                RouteTable.read(networks.host().routes()).ranges()) {
            if (!route.getKey().equals(definition.bridge()) && route.getValue().overlaps(range)) {
                throw new HarnessException(
                        "Tried to connect a machine to network " + definition.name() + ", but the host now routes "
                                + route.getValue() + ", which overlaps " + range + ", to " + route.getKey() + ".",
                        "Remove the network and create it again, with another --subnet.");
            }
        }
        return UserNetwork.in(networks.directory(), definition);
    }

    @SuppressWarnings("try") // the lock is only held
    private List<PortMapping> ports(List<PortMapping> wanted, List<Connection> places) throws IOException {
        Optional<Connection> way = MemberAttachment.way(places);
        for (PortMapping port : wanted) {
            if (!port.hostAddress().isEmpty() && port.answersOn(true)) {
                boolean loopback = port.hostAddress().equals("::1");
                if (loopback || way.isEmpty() || way.get().address6().isEmpty()) {
                    throw new HarnessException(
                            "Tried to publish \"" + port + "\", but "
                                    + (loopback
                                            ? "the kernel leads nothing from ::1 to a machine."
                                            : "the machine has no IPv6 address."),
                            "Use an IPv4 address of the host" + (loopback ? "." : ", or a network made with --ipv6."));
                }
            }
        }
        try (Lock publishing = networks.definitions().publishing()) {
            return new PublishedPorts(networks.directory()).take(containerId, wanted);
        }
    }

    private DnsPlan dns(Netavark netavark, MemberAttachment.Taken taken) throws IOException {
        if (taken.places().isEmpty()) {
            return networks.behindBridge(netavark, options, taken.all().get(0).gateway());
        }
        List<String> servers = new ArrayList<>();
        taken.places().forEach(place -> servers.add(place.gateway()));
        NetworkSettings settings = options.settings();
        String text = networks.host().resolver().inUserNetworks(servers);
        return new DnsPlan(Resolver.choosing(text, settings.dnsSearch(), settings.dnsOptions()), "", List.of());
    }

    private List<String> hosts(List<Connection> places) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            if (i > 0) {
                lines.add(places.get(i).address() + "\t" + options.hostname());
            }
            if (!places.get(i).address6().isEmpty()) {
                lines.add(places.get(i).address6() + "\t" + options.hostname());
            }
        }
        lines.addAll(
                ExtraHost.lines(options.settings().extraHosts(), places.get(0).gateway()));
        return lines;
    }
}
