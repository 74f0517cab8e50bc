package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.Locks;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/** Connects machines: to bridges with NAT, names and published ports, to the host's network, or to nothing. */
public final class Networks {

    private static final Path DEFAULT_RUN_DIRECTORY = Path.of("/run/postroj");

    private final CommandRunner runner;
    private final Path directory;
    private final String bridge;
    private final int firstChoice;
    private final HostNetwork host;
    private final NetworkDefinitions definitions;

    /**
     * Creates the networks of one run directory.
     *
     * @param runDirectory RACKER_RUN_DIR; its subdirectory {@code network} holds the state. The default one has the
     *     bridge {@code racker0}, each other one a bridge of its own
     * @param definitions the directory of the networks that users have made
     */
    public Networks(CommandRunner runner, Path runDirectory, Path definitions, Locks locks) {
        this(runner, runDirectory, new NetworkDefinitions(definitions, locks), HostNetwork.own());
    }

    Networks(CommandRunner runner, Path runDirectory, NetworkDefinitions definitions, HostNetwork host) {
        boolean usual = runDirectory.equals(DEFAULT_RUN_DIRECTORY);
        int hash = runDirectory.toString().hashCode();
        this.runner = runner;
        this.directory = runDirectory.resolve("network");
        this.bridge = usual ? "racker0" : "racker-" + Integer.toHexString(hash);
        this.firstChoice = usual ? 0 : hash;
        this.host = host;
        this.definitions = definitions;
    }

    /** The networks that users have made, and those that are always there. */
    public UserNetworks users() {
        return new UserNetworks(this);
    }

    /**
     * Takes what a machine needs before it starts; the caller closes the attachment.
     *
     * @param mode host, none, or the bridge
     * @param containerId letters, digits, dots, underscores and hyphens; no other machine that runs may have it
     * @throws HarnessException when a program is missing or no address is left
     */
    public Attachment prepare(NetworkMode mode, String containerId, NetworkOptions options) {
        NetworkSettings settings = options.settings();
        try {
            if (mode == NetworkMode.BRIDGE) {
                if (!NetworkOptions.isWord(containerId, ".-_") || containerId.charAt(0) == '.') {
                    throw new IllegalArgumentException("not a container id: " + containerId);
                }
                return settings.isPlain()
                        ? bridge(containerId, options)
                        : new MemberPreparation(this, containerId, options).prepare();
            }
            Resolver resolver = host.resolver();
            String text = mode == NetworkMode.HOST
                    ? resolver.inHostNetwork(options.dns())
                    : resolver.withoutNetwork(options.dns());
            return new UnmanagedAttachment(
                    mode,
                    Resolver.choosing(text, settings.dnsSearch(), settings.dnsOptions()),
                    ExtraHost.lines(settings.extraHosts(), "127.0.0.1"));
        } catch (IOException e) {
            throw failed("Tried to prepare the network of " + containerId, e);
        }
    }

    /** The same in the mode that the options ask for. */
    public Attachment prepare(String containerId, NetworkOptions options) {
        return prepare(options.settings().mode(), containerId, options);
    }

    /**
     * Gives back what machines that are gone have left.
     *
     * @param live says whether a container has a machine; asked after the list of addresses was read, so that a machine
     *     that was started meanwhile is seen
     */
    public void sweep(Predicate<String> live) {
        try {
            Netavark netavark = null;
            for (Map.Entry<String, String> held : pool().holders().entrySet()) {
                if (!live.test(held.getValue())) {
                    netavark = netavark == null ? netavark() : netavark;
                    disconnect(netavark, held.getValue(), held.getKey());
                }
            }
            try (DirectoryStream<Path> members = Files.newDirectoryStream(members())) {
                for (Path member : members) {
                    String id = member.getFileName().toString();
                    if (!live.test(id)) {
                        disconnect(netavark(), id, "");
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return; // no machine was ever more than on the bridge
        } catch (IOException e) {
            throw failed("Tried to look for networks of machines that are gone", e);
        }
    }

    /** Gives back what a machine, with or without an attachment, has. */
    void disconnect(Netavark netavark, String containerId, String address) {
        NetworkFailures.tellingLeaving(containerId, () -> runner.run(netavark.teardown(containerId, address)));
    }

    private Attachment bridge(String containerId, NetworkOptions options) throws IOException {
        Netavark netavark = netavark();
        Path file = directory.resolve(containerId + ".json");
        if (Files.exists(file)) {
            sweep(other -> !other.equals(containerId));
        }
        NetavarkConfig config = takeBridge(containerId, options, "", NetavarkConfig.INTERFACE);
        DnsPlan dns = behindBridge(netavark, options, config.place().gateway());
        return new BridgeAttachment(
                runner,
                netavark,
                config,
                dns,
                ExtraHost.lines(options.settings().extraHosts(), config.place().gateway()));
    }

    /** Takes an address on the default bridge and writes down what netavark has to know. */
    NetavarkConfig takeBridge(String containerId, NetworkOptions options, String mac, String interfaceName)
            throws IOException {
        AddressPool pool = pool();
        Files.createDirectories(pool.directory());
        int address = pool.take(containerId, subnet());
        NetavarkConfig config =
                NetavarkConfig.onBridge(containerId, options.name(), bridge, address, mac, interfaceName);
        Files.writeString(directory.resolve(containerId + ".json"), config.json());
        return config;
    }

    /** How names are resolved behind the default bridge. */
    DnsPlan behindBridge(Netavark netavark, NetworkOptions options, String gateway) throws IOException {
        NetworkSettings settings = options.settings();
        Resolver.Bridged bridged = host.resolver().behindBridge(options.dns(), gateway);
        boolean installed = bridged.forwarded() && Files.isExecutable(netavark.forwarder());
        Resolver.Bridged chosen = new Resolver.Bridged(
                Resolver.choosing(bridged.text(), settings.dnsSearch(), settings.dnsOptions()), bridged.forwarded());
        return DnsPlan.of(chosen, gateway, installed);
    }

    /** The range that the default bridge has, or would get now. */
    Subnet subnet() throws IOException {
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

    AddressPool pool() {
        return new AddressPool(directory.resolve("addresses"));
    }

    /** Where a file is for each machine that has more than a place on the default bridge. */
    Path members() {
        return directory.resolve("members");
    }

    Path directory() {
        return directory;
    }

    String bridgeName() {
        return bridge;
    }

    int firstChoice() {
        return firstChoice;
    }

    HostNetwork host() {
        return host;
    }

    NetworkDefinitions definitions() {
        return definitions;
    }

    CommandRunner runner() {
        return runner;
    }

    Netavark netavark() {
        String path = System.getenv("PATH");
        return Netavark.locate(Netavark.PLACES, path == null ? "" : path, host.entry(), directory, bridge);
    }

    static HarnessException failed(String attempt, IOException cause) {
        return new HarnessException(attempt + ", but " + cause.getMessage() + ".", null, cause);
    }
}
