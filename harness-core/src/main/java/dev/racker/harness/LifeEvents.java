package dev.racker.harness;

import dev.racker.harness.machine.Mount;
import dev.racker.harness.machine.MountPlan;
import dev.racker.harness.network.Connection;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.Volume;
import java.util.ArrayList;
import java.util.List;

/** The events of one run of a container: of its start, and those that its end brings. */
final class LifeEvents {

    private final Events events;
    private final ContainerRecord record;
    private final List<Connection> networks;
    private final MountPlan plan;

    /**
     * Takes what they are about.
     *
     * @param networks what its machine is connected to when it starts
     * @param plan what is mounted in it
     */
    LifeEvents(Events events, ContainerRecord record, List<Connection> networks, MountPlan plan) {
        this.events = events;
        this.record = record;
        this.networks = networks;
        this.plan = plan;
    }

    /** That a container was made, and whether its streams are somebody's. */
    static List<Event> made(ContainerRecord record, boolean attached) {
        Event made = Event.of("create", record);
        return attached ? List.of(made, Event.of("attach", record)) : List.of(made);
    }

    /** Notes that it has started. */
    void started() {
        List<Event> all = new ArrayList<>(1 + networks.size());
        for (Mount mount : plan.mounts()) {
            if (mount.kind() == Mount.Kind.VOLUME) {
                all.add(mounted(mount));
            }
        }
        networks.forEach(network -> all.add(network("connect", record, network.network(), network.networkId())));
        all.add(Event.of("start", record));
        events.note(all);
    }

    private Event mounted(Mount mount) {
        return Event.of(
                "volume",
                "mount",
                mount.source(),
                "container",
                record.id(),
                "destination",
                mount.target(),
                "driver",
                Volume.DRIVER,
                "propagation",
                "",
                "read/write",
                Boolean.toString(!mount.readOnly()));
    }

    /** That a container's machine comes to a network, or leaves it. */
    static Event network(String action, ContainerRecord record, String network, String id) {
        return Event.of("network", action, id, "container", record.id(), "name", network, "type", "bridge");
    }

    /** Notes that a container that goes with its machine has ended; who supervises another one notes that. */
    void ended(int status) {
        if (record.ephemeral()) {
            List<Event> all = new ArrayList<>();
            all.add(Event.of("die", record, "exitCode", Integer.toString(status)));
            all.addAll(following());
            all.add(Event.of("destroy", record));
            events.note(all);
        }
    }

    /** What its end brings for others, besides its own. */
    List<Event> following() {
        List<Event> all = new ArrayList<>(networks.size());
        networks.forEach(network -> all.add(network("disconnect", record, network.network(), network.networkId())));
        for (String volume : plan.volumes()) {
            all.add(Event.of("volume", "unmount", volume, "container", record.id(), "driver", Volume.DRIVER));
        }
        return all;
    }
}
