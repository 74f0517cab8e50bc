package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.Connections;
import dev.racker.harness.network.NetworkDefinition;
import dev.racker.harness.network.NetworkDraft;
import dev.racker.harness.network.NetworkOptions;
import dev.racker.harness.network.NetworkRequest;
import dev.racker.harness.network.NetworkSettings;
import dev.racker.harness.network.UserNetworks;
import dev.racker.harness.store.ContainerRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The networks of this host, and the containers in them. */
public final class ContainerNetworks {

    private final UserNetworks networks;
    private final Containers containers;
    private final Events events;
    private final Path run;

    ContainerNetworks(UserNetworks networks, Containers containers, Events events, Path run) {
        this.events = events;
        this.networks = networks;
        this.containers = containers;
        this.run = run;
    }

    /** The networks themselves. */
    public UserNetworks users() {
        return networks;
    }

    /** Makes a network, see {@link UserNetworks#create}. */
    public NetworkDefinition create(NetworkDraft draft) {
        NetworkDefinition network = networks.create(draft);
        note("create", network);
        return network;
    }

    /** Removes a network, see {@link UserNetworks#remove}. */
    public void remove(String nameOrId) {
        note("destroy", networks.remove(nameOrId));
    }

    /** Removes the networks that no machine is connected to and that {@code wanted} chooses, and gives their names. */
    public List<String> prune(Predicate<NetworkDefinition> wanted) {
        List<String> names = new ArrayList<>();
        for (NetworkDefinition network : networks.prune(wanted)) {
            note("destroy", network);
            names.add(network.name());
        }
        return names;
    }

    private void note(String action, NetworkDefinition network) {
        events.note("network", action, network.id(), "name", network.name(), "type", network.driver());
    }

    /** What the machine of a container is connected to; nothing when it does not run. */
    public Connections connections(ContainerRecord record) {
        return Connections.read(run, record.shortId());
    }

    /**
     * Connects a container to one more network: its machine when it runs, and each one that it gets.
     *
     * @return what the user should know, one sentence each
     * @throws HarnessException when it is connected already, or cannot be
     */
    public List<String> connect(ContainerRecord record, NetworkRequest request) {
        NetworkDefinition network = networks.get(request.network());
        NetworkRequest named = request.in(network.name());
        ContainerOptions options = containers.options(record);
        boolean runs = containers.state(record).isRunning();
        if (!runs && options.network().connects(named.network())) {
            throw new HarnessException(
                    "Tried to connect container " + record.name() + " to network " + named.network()
                            + ", but endpoint with name " + record.name() + " already exists in network "
                            + named.network() + ".",
                    null);
        }
        NetworkSettings settings = options.network().connecting(named);
        List<String> warnings = List.of();
        if (runs) {
            RunningContainer running = containers.running(record);
            warnings = networks.live().connect(record.shortId(), running.leader(), named, options(running));
            events.note(List.of(LifeEvents.network("connect", record, network.name(), network.id())));
            notes(record).add(LifeEvents.network("disconnect", record, network.name(), network.id()));
        }
        containers.configure(record, options.on(settings));
        return warnings;
    }

    /**
     * Takes a container off a network: its machine when it runs, and each one that it gets.
     *
     * @return what the user should know, one sentence each
     * @throws HarnessException when it is not connected to that network
     */
    public List<String> disconnect(ContainerRecord record, String nameOrId) {
        NetworkDefinition network = networks.get(nameOrId);
        String name = network.name();
        ContainerOptions options = containers.options(record);
        boolean runs = containers.state(record).isRunning();
        if (!runs && !options.network().connects(name)) {
            throw new HarnessException(
                    "Tried to take container " + record.name() + " off network " + name + ", but container "
                            + record.name() + " is not connected to network " + name + ".",
                    "See `racker inspect " + record.name() + "`.");
        }
        List<String> warnings = List.of();
        if (runs) {
            RunningContainer running = containers.running(record);
            warnings = networks.live().disconnect(record.shortId(), running.leader(), name, options(running));
            Event gone = LifeEvents.network("disconnect", record, name, network.id());
            events.note(List.of(gone));
            notes(record).remove(gone);
        }
        containers.configure(record, options.on(options.network().disconnecting(name)));
        return warnings;
    }

    private EndNotes notes(ContainerRecord record) {
        return EndNotes.in(containers.place(record).run());
    }

    private static NetworkOptions options(RunningContainer running) {
        ContainerRecord record = running.record();
        return new NetworkOptions(
                running.machine().spec().hostname(),
                List.of(record.name(), record.shortId()),
                running.options().network());
    }
}
