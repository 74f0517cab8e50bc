package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/** Connects machines: to a bridge of their own with NAT and DNS, to the host's network, or to nothing. */
public final class Networks {

    private static final Path DEFAULT_RUN_DIRECTORY = Path.of("/run/postroj");

    private final CommandRunner runner;
    private final Path directory;
    private final String bridge;
    private final int firstChoice;
    private final HostNetwork host;

    /**
     * Creates the networks of one run directory.
     *
     * @param runDirectory RACKER_RUN_DIR; its subdirectory {@code network} holds the state. The default one has the
     *     bridge {@code racker0}, each other one a bridge of its own
     */
    public Networks(CommandRunner runner, Path runDirectory) {
        this(runner, runDirectory, HostNetwork.own());
    }

    Networks(CommandRunner runner, Path runDirectory, HostNetwork host) {
        boolean usual = runDirectory.equals(DEFAULT_RUN_DIRECTORY);
        int hash = runDirectory.toString().hashCode();
        this.runner = runner;
        this.directory = runDirectory.resolve("network");
        this.bridge = usual ? "racker0" : "racker-" + Integer.toHexString(hash);
        this.firstChoice = usual ? 0 : hash;
        this.host = host;
    }

    /**
     * Takes what a machine needs before it starts; the caller closes the attachment.
     *
     * @param containerId letters, digits, dots, underscores and hyphens; no other machine that runs may have it
     * @throws HarnessException when a program is missing or no address is left
     */
    public Attachment prepare(NetworkMode mode, String containerId, NetworkOptions options) {
        try {
            if (mode == NetworkMode.BRIDGE) {
                return bridge(containerId, options);
            }
            Resolver resolver = host.resolver();
            return new UnmanagedAttachment(
                    mode,
                    mode == NetworkMode.HOST
                            ? resolver.inHostNetwork(options.dns())
                            : resolver.withoutNetwork(options.dns()));
        } catch (IOException e) {
            throw failed("Tried to prepare the network of " + containerId, e);
        }
    }

    /**
     * Gives back what machines that are gone have left.
     *
     * @param live says whether a container has a machine; asked after the list of addresses was read, so that a machine
     *     that was started meanwhile is seen
     */
    public void sweep(Predicate<String> live) {
        AddressPool pool = pool();
        try {
            Netavark netavark = null;
            for (Map.Entry<String, String> held : pool.holders().entrySet()) {
                if (!live.test(held.getValue())) {
                    netavark = netavark == null ? netavark() : netavark;
                    BridgeAttachment.disconnect(runner, netavark, held.getValue(), held.getKey());
                }
            }
        } catch (IOException e) {
            throw failed("Tried to look for networks of machines that are gone", e);
        }
    }

    private Attachment bridge(String containerId, NetworkOptions options) throws IOException {
        if (!NetworkOptions.isWord(containerId, ".-_") || containerId.charAt(0) == '.') {
            throw new IllegalArgumentException("not a container id: " + containerId);
        }
        Netavark netavark = netavark();
        AddressPool pool = pool();
        Files.createDirectories(pool.directory());
        Path file = directory.resolve(containerId + ".json");
        if (Files.exists(file)) {
            sweep(other -> !other.equals(containerId));
        }
        int address = pool.take(containerId, subnet());
        String gateway = Subnet.text(Subnet.of(address).gateway());
        Resolver.Bridged bridged = host.resolver().behindBridge(options.dns(), gateway);
        boolean installed = bridged.forwarded() && Files.isExecutable(netavark.forwarder());
        NetavarkConfig config = new NetavarkConfig(containerId, options.hostname(), bridge, address);
        Files.writeString(file, config.json());
        return new BridgeAttachment(runner, netavark, config, DnsPlan.of(bridged, gateway, installed));
    }

    private Subnet subnet() throws IOException {
        RouteTable routes = RouteTable.read(host.routes());
        Subnet present = routes.of(bridge);
        Subnet subnet = present == null ? routes.firstFree(firstChoice) : present;
        if (subnet == null) {
            throw new HarnessException(
                    "Tried to find a private range of addresses for the bridge " + bridge
                            + ", but the host routes all of them elsewhere.",
                    "Use --network=host or --network=none.");
        }
        return subnet;
    }

    private AddressPool pool() {
        return new AddressPool(directory.resolve("addresses"));
    }

    private Netavark netavark() {
        String path = System.getenv("PATH");
        return Netavark.locate(Netavark.PLACES, path == null ? "" : path, host.entry(), directory, bridge);
    }

    private static HarnessException failed(String attempt, IOException cause) {
        return new HarnessException(attempt + ", but " + cause.getMessage() + ".", null, cause);
    }
}
