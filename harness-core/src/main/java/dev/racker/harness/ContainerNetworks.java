package dev.racker.harness;

import dev.racker.harness.network.Connections;
import dev.racker.harness.network.NetworkOptions;
import dev.racker.harness.network.NetworkRequest;
import dev.racker.harness.network.UserNetworks;
import dev.racker.harness.store.ContainerRecord;
import java.nio.file.Path;
import java.util.List;

/** The networks of this host, and the containers in them. */
public final class ContainerNetworks {

    private final UserNetworks networks;
    private final Containers containers;
    private final Path run;

    ContainerNetworks(UserNetworks networks, Containers containers, Path run) {
        this.networks = networks;
        this.containers = containers;
        this.run = run;
    }

    /** The networks themselves. */
    public UserNetworks users() {
        return networks;
    }

    /** What the machine of a container is connected to; nothing when it does not run. */
    public Connections connections(ContainerRecord record) {
        return Connections.read(run, record.shortId());
    }

    /**
     * Connects the machine of a container to one more network.
     *
     * @return what the user should know, one sentence each
     * @throws dev.racker.harness.error.HarnessException when it does not run, or cannot be connected
     */
    public List<String> connect(ContainerRecord record, NetworkRequest request) {
        networks.get(request.network());
        RunningContainer running = containers.running(record);
        return networks.live().connect(record.shortId(), running.leader(), request, options(running));
    }

    /**
     * Takes the machine of a container off a network.
     *
     * @return what the user should know, one sentence each
     * @throws dev.racker.harness.error.HarnessException when it does not run, or is not connected to that network
     */
    public List<String> disconnect(ContainerRecord record, String network) {
        networks.get(network);
        RunningContainer running = containers.running(record);
        return networks.live().disconnect(record.shortId(), running.leader(), network, options(running));
    }

    private static NetworkOptions options(RunningContainer running) {
        ContainerRecord record = running.record();
        return new NetworkOptions(
                running.machine().spec().hostname(),
                List.of(record.name(), record.shortId()),
                running.options().network());
    }
}
