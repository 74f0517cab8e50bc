package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The attachment of a machine behind the bridge. */
final class BridgeAttachment implements Attachment {

    private static final String ERROR = "{\"error\":\"";

    private final CommandRunner runner;
    private final Netavark netavark;
    private final NetavarkConfig config;
    private final String containerId;
    private final String address;
    private final DnsPlan dns;
    private boolean closed;

    BridgeAttachment(CommandRunner runner, Netavark netavark, NetavarkConfig config, DnsPlan dns) {
        this.runner = runner;
        this.netavark = netavark;
        this.config = config;
        this.containerId = config.containerId();
        this.address = Subnet.text(config.address());
        this.dns = dns;
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
    public void connect(long leaderPid) {
        String namespace = "/proc/" + leaderPid + "/ns/net";
        refuseOwnNamespace(Path.of(namespace));
        try {
            runner.run(netavark.setup(config, namespace, dns.forwarding()));
        } catch (CommandException e) {
            String reason = reason(e);
            throw new HarnessException(
                    "Tried to connect the machine " + containerId + " to the bridge " + netavark.bridge() + ", but "
                            + reason,
                    hint(reason),
                    e);
        }
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
        disconnect(runner, netavark, containerId, address);
        closed = true;
    }

    /** Gives back what a machine, with or without an attachment, has. */
    static void disconnect(CommandRunner runner, Netavark netavark, String containerId, String address) {
        try {
            runner.run(netavark.teardown(containerId, address));
        } catch (CommandException e) {
            throw new HarnessException(
                    "Tried to disconnect the machine " + containerId + " from the bridge " + netavark.bridge()
                            + ", but " + reason(e),
                    "The next racker command tries again.",
                    e);
        }
    }

    /** Whoever asked for it, the host's own interfaces are never touched. */
    private void refuseOwnNamespace(Path namespace) {
        try {
            if (Files.readSymbolicLink(namespace).equals(Files.readSymbolicLink(Path.of("/proc/self/ns/net")))) {
                throw new HarnessException(
                        "Tried to connect the machine " + containerId + " to the bridge, but it has no network of its"
                                + " own.",
                        null);
            }
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to connect the machine " + containerId + " to the bridge, but it has ended already.",
                    null,
                    e);
        }
    }

    /** netavark tells its errors as {"error":"..."}; other programs have their own words. */
    private static String reason(CommandException failure) {
        String said = failure.result()
                .map(result -> result.text() + result.errorText())
                .orElse("");
        int start = said.lastIndexOf(ERROR);
        int end = said.indexOf("\"}", Math.max(start, 0));
        if (start >= 0 && end >= 0) {
            return "netavark says: " + said.substring(start + ERROR.length(), end);
        }
        return said.isEmpty() ? failure.getMessage() : said;
    }

    private static String hint(String reason) {
        return reason.toLowerCase(Locale.ROOT).contains("sysctl")
                ? "Make /proc/sys/net writable and switch forwarding on with `sysctl -w net.ipv4.ip_forward=1`, or use"
                        + " --network=host."
                : "Use --network=host or --network=none to do without the bridge.";
    }
}
