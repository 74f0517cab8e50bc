package dev.racker.harness.network;

import dev.racker.harness.process.CommandRunner;
import java.util.List;
import java.util.Optional;

/** The attachment of a machine behind the bridge. */
final class BridgeAttachment implements Attachment {

    private final CommandRunner runner;
    private final Netavark netavark;
    private final NetavarkConfig config;
    private final String containerId;
    private final String address;
    private final DnsPlan dns;
    private final List<String> hosts;
    private boolean closed;

    BridgeAttachment(CommandRunner runner, Netavark netavark, NetavarkConfig config, DnsPlan dns, List<String> hosts) {
        this.runner = runner;
        this.netavark = netavark;
        this.config = config;
        this.containerId = config.containerId();
        this.address = config.place().address();
        this.dns = dns;
        this.hosts = hosts;
    }

    @Override
    public NetworkMode mode() {
        return NetworkMode.BRIDGE;
    }

    @Override
    public Optional<String> address() {
        return Optional.of(address);
    }

    @Override
    public String resolvConf() {
        return dns.resolvConf();
    }

    @Override
    public List<String> warnings() {
        return dns.warnings();
    }

    @Override
    public List<String> hosts() {
        return hosts;
    }

    @Override
    public List<Connection> connections() {
        return List.of(config.place());
    }

    @Override
    public List<PortMapping> ports() {
        return List.of();
    }

    @Override
    public void connect(long leaderPid) {
        Namespace namespace = Namespace.of(leaderPid, containerId);
        NetworkFailures.telling(
                containerId, () -> runner.run(netavark.setup(config, namespace.path(), dns.forwarding())));
    }

    @Override
    public List<String> teardownCommand() {
        return netavark.teardown(containerId, address).arguments();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        NetworkFailures.tellingLeaving(containerId, () -> runner.run(netavark.teardown(containerId, address)));
        closed = true;
    }
}
