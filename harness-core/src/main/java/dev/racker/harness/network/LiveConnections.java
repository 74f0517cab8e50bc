package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes what a machine that runs is connected to. */
public final class LiveConnections {

    private static final int METRIC = 100;
    private static final String INTERFACE = "eth";

    private final Networks networks;

    LiveConnections(Networks networks) {
        this.networks = networks;
    }

    /**
     * Connects a machine to one more network.
     *
     * @param leaderPid the process id, as this process sees it, of a process in the machine's network namespace
     * @param options the machine's names and its settings, as they were when it was started
     * @return what the user should know, one sentence each
     * @throws HarnessException when it is connected to that network already, or cannot be
     */
    @SuppressWarnings("try") // the lock is only held
    public List<String> connect(String containerId, long leaderPid, NetworkRequest request, NetworkOptions options) {
        Connections now = Connections.read(networks.directory().getParent(), containerId);
        String name = networks.users().get(request.network()).name();
        refuse(containerId, name, now, options);
        Namespace namespace = Namespace.of(leaderPid, containerId);
        Netavark netavark = networks.netavark();
        try {
            becomeMember(containerId, now);
            int position = nextInterface(now.networks());
            String interfaceName = INTERFACE + position;
            if (name.equals("bridge")) {
                NetavarkConfig config = networks.takeBridge(containerId, options, request.mac(), interfaceName);
                Files.writeString(
                        member(containerId),
                        config.place().address() + " " + config.subnets().get(0).subnet() + "\n");
                connectBridge(netavark, config, namespace, position);
            } else {
                UserNetwork network;
                Connection place;
                try (Lock using = networks.definitions().using()) {
                    network = new MemberPreparation(networks, containerId, options).usable(netavark, name);
                    place = network.take(containerId, request, interfaceName, options);
                } catch (RuntimeException | IOException failure) {
                    leaveAfter(failure, netavark, containerId, name);
                    throw failure;
                }
                join(
                        netavark,
                        containerId,
                        namespace,
                        network,
                        place,
                        now.networks().size());
            }
            return changed(netavark, containerId, leaderPid, now, options);
        } catch (IOException e) {
            throw Networks.failed("Tried to connect the machine " + containerId + " to network " + name, e);
        }
    }

    private void refuse(String containerId, String name, Connections now, NetworkOptions options) {
        if (name.equals("host") || name.equals("none")) {
            throw new HarnessException(
                    "Tried to connect machine " + options.name() + " to network " + name
                            + ", but that is possible only when it is started.",
                    "Start it with --network=" + name + ".");
        }
        if (now.networks().isEmpty() && Files.notExists(member(containerId))) {
            throw new HarnessException(
                    "Tried to connect machine " + options.name() + " to network " + name
                            + ", but it was started on the host's network or none, which it keeps.",
                    "Start it with --network=" + name + ".");
        }
        if (place(now, name).isPresent()) {
            throw new HarnessException(
                    "Tried to connect machine " + options.name() + " to network " + name + ", but endpoint with name "
                            + options.name() + " already exists in network " + name + ".",
                    null);
        }
    }

    private void connectBridge(Netavark netavark, NetavarkConfig config, Namespace namespace, int position) {
        String id = config.containerId();
        try {
            NetworkFailures.telling(id, () -> {
                networks.runner().run(netavark.setup(config, namespace.path(), ""));
                if (position > 0) {
                    netavark.giveWay(namespace.path(), config.place(), METRIC + position)
                            .forEach(networks.runner()::run);
                }
            });
        } catch (RuntimeException failure) {
            leaveAfter(failure, netavark, id, "bridge");
            throw failure;
        }
    }

    private void join(
            Netavark netavark,
            String containerId,
            Namespace namespace,
            UserNetwork network,
            Connection place,
            int position) {
        List<String> words = MemberAttachment.joining(network, place, position);
        try {
            NetworkFailures.telling(
                    containerId, () -> networks.runner().run(netavark.join(containerId, namespace.path(), words)));
        } catch (RuntimeException failure) {
            leaveAfter(failure, netavark, containerId, place.network());
            throw failure;
        }
    }

    private void leaveAfter(Exception failure, Netavark netavark, String containerId, String network) {
        try {
            leave(netavark, containerId, network, "");
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Takes a machine off a network.
     *
     * @param leaderPid as in {@link #connect}
     * @param options as in {@link #connect}
     * @return what the user should know, one sentence each
     * @throws HarnessException when it is not connected to that network
     */
    public List<String> disconnect(String containerId, long leaderPid, String nameOrId, NetworkOptions options) {
        String containerName = options.name();
        Connections now = Connections.read(networks.directory().getParent(), containerId);
        String name = networks.users().get(nameOrId).name();
        Connection place = place(now, name)
                .orElseThrow(() -> new HarnessException(
                        "Tried to take machine " + containerName + " off network " + name + ", but container "
                                + containerName + " is not connected to network " + name + ".",
                        "See `racker inspect " + containerName + "`."));
        Netavark netavark = networks.netavark();
        try {
            becomeMember(containerId, now);
            leave(netavark, containerId, name, place.address());
            return changed(netavark, containerId, leaderPid, now, options);
        } catch (IOException e) {
            throw Networks.failed("Tried to take machine " + containerName + " off network " + name, e);
        }
    }

    private void leave(Netavark netavark, String containerId, String network, String address) {
        String directory = network.equals("bridge")
                ? network
                : networks.definitions().get(network).shortId();
        String onBridge = network.equals("bridge") ? address : "";
        NetworkFailures.tellingLeaving(
                containerId, () -> networks.runner().run(netavark.leave(containerId, directory, onBridge)));
    }

    /** Leaves word that the machine is more than on the bridge, which is all that its own clean-up may know. */
    private void becomeMember(String containerId, Connections now) throws IOException {
        Files.createDirectories(networks.members());
        if (Files.notExists(member(containerId))) {
            Optional<Connection> bridge = place(now, "bridge");
            String address = bridge.map(Connection::address).orElse("-");
            String range = bridge.map(
                            place -> Subnet.of(Subnet.parse(place.address())).toString())
                    .orElse("-");
            Files.writeString(member(containerId), address + " " + range + "\n");
        }
    }

    /** Lets ports and names follow. */
    private List<String> changed(
            Netavark netavark, String containerId, long leaderPid, Connections before, NetworkOptions options)
            throws IOException {
        Connections now = Connections.read(networks.directory().getParent(), containerId);
        Optional<String> wayBefore = MemberAttachment.way(before.networks()).map(Connection::network);
        Optional<String> wayNow = MemberAttachment.way(now.networks()).map(Connection::network);
        if (!now.ports().isEmpty() && !wayBefore.equals(wayNow)) {
            NetworkFailures.telling(
                    containerId,
                    () -> MemberAttachment.publish(
                            networks.runner(), netavark, containerId, now.networks(), now.ports()));
        }
        List<String> servers = new ArrayList<>();
        for (Connection place : now.networks()) {
            if (!place.network().equals("bridge")) {
                servers.add(place.gateway());
            }
        }
        if (servers.isEmpty()) {
            String gateway =
                    now.networks().isEmpty() ? "" : now.networks().get(0).gateway();
            servers.addAll(options.dns().isEmpty() ? networks.host().resolver().servers(gateway) : options.dns());
        }
        GuestEtc etc = new GuestEtc(leaderPid);
        List<String> warnings = new ArrayList<>();
        if (!etc.ask(servers)) {
            warnings.add("The machine's /etc/resolv.conf is not a file that can be changed from here; names in its"
                    + " networks may not resolve.");
        }
        if (!etc.rename(
                options.hostname(),
                Connection.ownAddresses(before.networks()),
                Connection.ownAddresses(now.networks()))) {
            warnings.add("The machine's /etc/hosts is not a file that can be changed from here; its own name may stand"
                    + " for an address that it no longer has.");
        }
        return warnings;
    }

    /** One more than all that the machine has, so that its route comes after theirs. */
    private static int nextInterface(List<Connection> places) {
        int next = 0;
        for (Connection place : places) {
            next = Math.max(next, Integer.parseInt(place.interfaceName().substring(INTERFACE.length())) + 1);
        }
        return next;
    }

    private static Optional<Connection> place(Connections connections, String network) {
        return connections.networks().stream()
                .filter(place -> place.network().equals(network))
                .findFirst();
    }

    private Path member(String containerId) {
        return networks.members().resolve(containerId);
    }
}
