package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.Lock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The networks of this host: those that users make and remove, and {@code bridge}, {@code host} and {@code none}. */
public final class UserNetworks {

    private static final int ID_BYTES = 32;

    private final Networks networks;

    UserNetworks(Networks networks) {
        this.networks = networks;
    }

    /** All networks, by name. */
    public List<NetworkDefinition> list() {
        List<NetworkDefinition> all = new ArrayList<>(networks.definitions().list());
        all.addAll(predefined());
        all.sort(Comparator.comparing(NetworkDefinition::name));
        return all;
    }

    /**
     * The network of this name, of this id, or whose id begins so.
     *
     * @throws NoSuchNetworkException when there is none
     */
    public NetworkDefinition get(String nameOrId) {
        for (NetworkDefinition network : predefined()) {
            if (network.name().equals(nameOrId) || network.id().equals(nameOrId)) {
                return network;
            }
        }
        return networks.definitions().get(nameOrId);
    }

    /**
     * Checks that all networks that are asked for are there.
     *
     * @throws NoSuchNetworkException when one of them is not
     */
    public void require(NetworkSettings settings) {
        for (NetworkRequest request : settings.requests()) {
            if (!NetworkNames.isPredefined(request.network())) {
                networks.definitions().get(request.network());
            }
        }
    }

    private List<NetworkDefinition> predefined() {
        try {
            Subnet subnet = networks.subnet();
            NetworkSubnet range = new NetworkSubnet(subnet.toString(), Subnet.text(subnet.gateway()), "");
            Map<String, String> options = Map.of(NetworkDefinition.BRIDGE_NAME, networks.bridgeName());
            return List.of(
                    new NetworkDefinition(
                            "bridge",
                            NetavarkConfig.id(networks.bridgeName()),
                            "bridge",
                            List.of(range),
                            false,
                            Map.of(),
                            options,
                            Instant.EPOCH),
                    predefined("host", "host"),
                    predefined("none", "null"));
        } catch (IOException e) {
            throw Networks.failed("Tried to look at the networks", e);
        }
    }

    private static NetworkDefinition predefined(String name, String driver) {
        return new NetworkDefinition(
                name, NetavarkConfig.id(name), driver, List.of(), false, Map.of(), Map.of(), Instant.EPOCH);
    }

    /**
     * Makes a network; its bridge is made when the first machine is connected.
     *
     * @throws HarnessException when the name is taken, or an address cannot be had
     */
    @SuppressWarnings("try") // the lock is only held
    public NetworkDefinition create(NetworkDraft draft) {
        try (Lock changing = networks.definitions().changing()) {
            List<NetworkDefinition> others = networks.definitions().list();
            for (NetworkDefinition other : others) {
                if (other.name().equals(draft.name())) {
                    throw new HarnessException(
                            "Tried to create network " + draft.name() + ", but network with name " + draft.name()
                                    + " already exists.",
                            "Choose another name, or remove it with `racker network rm " + draft.name() + "`.");
                }
            }
            String id = id();
            SubnetPlan plan = new SubnetPlan(taken(others), networks.firstChoice());
            NetworkDefinition network = new NetworkDefinition(
                    draft.name(),
                    id,
                    "bridge",
                    plan.subnets(draft, id),
                    draft.internal(),
                    draft.labels(),
                    draft.options(),
                    Instant.now());
            refuseBridge(network, others);
            networks.definitions().write(network);
            return network;
        } catch (IOException e) {
            throw Networks.failed("Tried to create network " + draft.name(), e);
        }
    }

    private static String id() {
        byte[] bytes = new byte[ID_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void refuseBridge(NetworkDefinition network, List<NetworkDefinition> others) throws IOException {
        String bridge = network.bridge();
        boolean ours = others.stream().anyMatch(other -> other.bridge().equals(bridge));
        boolean there = RouteTable.read(networks.host().routes()).ranges().stream()
                .anyMatch(route -> route.getKey().equals(bridge));
        if (ours || there || bridge.equals(networks.bridgeName())) {
            throw new HarnessException(
                    "Tried to create network " + network.name() + " with the bridge " + bridge
                            + ", but there is a link or network with that name.",
                    "Choose another name for the bridge, or leave it out.");
        }
    }

    private Collection<Map.Entry<String, Cidr>> taken(List<NetworkDefinition> others) throws IOException {
        List<Map.Entry<String, Cidr>> taken = new ArrayList<>();
        for (NetworkDefinition other : others) {
            other.subnets().forEach(subnet -> taken.add(Map.entry("network " + other.name(), subnet.range())));
        }
        taken.add(Map.entry("network bridge", Cidr.parse(networks.subnet().toString())));
        Path routes = networks.host().routes();
        List<Map.Entry<String, Cidr>> routed =
                new ArrayList<>(RouteTable.read(routes).ranges());
        routed.addAll(RouteTable.ranges6(routes.resolveSibling("ipv6_route")));
        routed.forEach(route -> taken.add(Map.entry("the host, by way of " + route.getKey(), route.getValue())));
        return taken;
    }

    /**
     * Removes a network.
     *
     * @throws NetworkInUseException when machines are connected to it
     * @throws HarnessException when there is none, or it is always there
     */
    public NetworkDefinition remove(String nameOrId) {
        NetworkDefinition network = get(nameOrId);
        if (network.predefined()) {
            throw new HarnessException(
                    "Tried to remove network " + network.name() + ", but " + network.name()
                            + " is a pre-defined network and cannot be removed.",
                    null);
        }
        if (!removeUnused(network)) {
            throw new NetworkInUseException(network.name(), endpoints(network));
        }
        return network;
    }

    @SuppressWarnings("try") // the lock is only held
    private boolean removeUnused(NetworkDefinition network) {
        try (Lock changing = networks.definitions().changing()) {
            UserNetwork state = UserNetwork.in(networks.directory(), network);
            if (!state.endpoints().isEmpty()) {
                return false;
            }
            networks.definitions().remove(network);
            state.forget();
            return true;
        } catch (IOException e) {
            throw Networks.failed("Tried to remove network " + network.name(), e);
        }
    }

    /** Removes the networks that no machine is connected to and that {@code wanted} chooses, and gives them. */
    public List<NetworkDefinition> prune(Predicate<NetworkDefinition> wanted) {
        List<NetworkDefinition> removed = new ArrayList<>();
        for (NetworkDefinition network : networks.definitions().list()) {
            if (wanted.test(network) && removeUnused(network)) {
                removed.add(network);
            }
        }
        return removed;
    }

    /** The machines that are connected to a network. */
    public List<Endpoint> endpoints(NetworkDefinition network) {
        try {
            if (!network.predefined()) {
                return List.copyOf(UserNetwork.in(networks.directory(), network)
                        .endpoints()
                        .values());
            }
            List<Endpoint> endpoints = new ArrayList<>();
            if (network.name().equals("bridge")) {
                for (String id : networks.pool().holders().values()) {
                    Connections.read(networks.directory().resolve(id + ".json")).ifPresent(endpoints::add);
                }
            }
            endpoints.sort(Comparator.comparing(Endpoint::containerId));
            return endpoints;
        } catch (IOException e) {
            throw Networks.failed("Tried to look at network " + network.name(), e);
        }
    }

    /** Connects a machine that runs to one more network, and lets it go again. */
    public LiveConnections live() {
        return new LiveConnections(networks);
    }
}
