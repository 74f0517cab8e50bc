package dev.racker.harness.network;

import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The attachment of a machine that is in networks of users, or whose ports are published. */
final class MemberAttachment implements Attachment {

    private static final int METRIC = 100;

    /** What was taken for the machine before it starts. */
    record Taken(
            String containerId,
            Optional<NetavarkConfig> onBridge,
            List<UserNetwork> networks,
            List<Connection> places,
            List<PortMapping> ports) {

        /** Its places, the one on the default bridge first. */
        List<Connection> all() {
            List<Connection> all = new ArrayList<>();
            onBridge.ifPresent(config -> all.add(config.place()));
            all.addAll(places);
            return all;
        }
    }

    private final CommandRunner runner;
    private final Netavark netavark;
    private final Taken taken;
    private final DnsPlan dns;
    private final List<String> hosts;
    private boolean closed;

    MemberAttachment(CommandRunner runner, Netavark netavark, Taken taken, DnsPlan dns, List<String> hosts) {
        this.runner = runner;
        this.netavark = netavark;
        this.taken = taken;
        this.dns = dns;
        this.hosts = hosts;
    }

    @Override
    public NetworkMode mode() {
        return NetworkMode.BRIDGE;
    }

    @Override
    public Optional<String> address() {
        return Optional.of(connections().get(0).address());
    }

    @Override
    public String resolvConf() {
        return dns.resolvConf();
    }

    @Override
    public List<String> hosts() {
        return hosts;
    }

    @Override
    public List<Connection> connections() {
        return taken.all();
    }

    @Override
    public List<PortMapping> ports() {
        return taken.ports();
    }

    @Override
    public List<String> warnings() {
        return dns.warnings();
    }

    @Override
    public void connect(long leaderPid) {
        String id = taken.containerId();
        Namespace namespace = Namespace.of(leaderPid, id);
        NetworkFailures.telling(id, () -> {
            taken.onBridge()
                    .ifPresent(config -> runner.run(netavark.setup(config, namespace.path(), dns.forwarding())));
            if (!taken.networks().isEmpty()) {
                runner.run(netavark.join(id, namespace.path(), joining()));
            }
            if (!taken.ports().isEmpty()) {
                publish(runner, netavark, id, connections(), taken.ports());
            }
        });
    }

    private List<String> joining() {
        List<String> words = new ArrayList<>();
        int before = taken.onBridge().isPresent() ? 1 : 0;
        for (int i = 0; i < taken.networks().size(); i++) {
            words.addAll(joining(taken.networks().get(i), taken.places().get(i), before + i));
        }
        return words;
    }

    /** What the script has to know about one network; later ones lead out only when the earlier ones are left. */
    static List<String> joining(UserNetwork network, Connection place, int position) {
        int metric = place.internal() ? 0 : METRIC + position;
        return List.of(network.state().getFileName().toString(), place.interfaceName(), Integer.toString(metric));
    }

    /** Lets ports answer by way of the first network that leads out; when there is none, they do not answer. */
    static void publish(
            CommandRunner runner,
            Netavark netavark,
            String containerId,
            List<Connection> places,
            List<PortMapping> ports) {
        Optional<Connection> way = way(places);
        Path rules = netavark.directory().resolve("rules");
        String bridge = way.map(Connection::bridge).orElse("");
        PortRules wanted = way.map(place -> new PortRules(containerId, bridge, place, ports))
                .orElse(null);
        try {
            Files.createDirectories(rules);
            Files.writeString(rules.resolve(containerId + ".iptables"), wanted == null ? "" : wanted.four());
            String six = wanted == null ? "" : wanted.six();
            Path file6 = rules.resolve(containerId + ".ip6tables");
            if (!six.isEmpty() || Files.exists(file6)) {
                Files.writeString(file6, six);
            }
            Files.writeString(rules.resolve(containerId + ".bridge"), bridge + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        runner.run(netavark.publish(containerId, way));
    }

    static Optional<Connection> way(List<Connection> places) {
        return places.stream().filter(place -> !place.internal()).findFirst();
    }

    @Override
    public List<String> teardownCommand() {
        return teardown().arguments();
    }

    private dev.racker.harness.process.Command teardown() {
        String address =
                taken.onBridge().map(config -> config.place().address()).orElse("");
        return netavark.teardown(taken.containerId(), address);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        NetworkFailures.tellingLeaving(taken.containerId(), () -> runner.run(teardown()));
        closed = true;
    }
}
