package dev.racker.harness;

import dev.racker.harness.machine.MachineLauncher;
import dev.racker.harness.machine.MachineSpec;
import dev.racker.harness.network.Attachment;
import dev.racker.harness.network.NetworkOptions;
import dev.racker.harness.network.Networks;
import dev.racker.harness.overlay.WritableLayer;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.Lock;
import java.util.ArrayList;
import java.util.List;

/** Makes ready what the machine of a container starts with: mounts, log, networks, names. */
final class ContainerPreparer {

    private final Networks networks;
    private final MachineLauncher machines;
    private final ContainerMounts mounts;
    private final ContainerLife life;
    private final Events events;

    ContainerPreparer(
            Networks networks, MachineLauncher machines, ContainerMounts mounts, ContainerLife life, Events events) {
        this.networks = networks;
        this.machines = machines;
        this.mounts = mounts;
        this.life = life;
        this.events = events;
    }

    /** Makes everything ready; what has been made is undone when this fails. */
    PreparedContainer prepare(
            ContainerRecord record, MachineSpec bare, ContainerOptions options, Lock lock, Start how) {
        MachineSpec spec = mounts.mounting(record, bare);
        machines.prepare(spec);
        life.starting(record);
        if (how == Start.KEPT && options.process().exists()) {
            machines.prepareLog(
                    spec,
                    options.process().interactive() || options.process().terminal(),
                    options.process().inputEnds() && !options.process().terminal());
        }
        Attachment network = networks.prepare(record.shortId(), networkOptions(record, spec, options));
        LifeEvents happening = new LifeEvents(events, record, network.connections(), mounts.of(record));
        try {
            if (how != Start.STANDBY) {
                boolean owned = how == Start.OWNED && record.ephemeral();
                EndNotes.in(spec.place().run()).write(events, record, happening.following(), owned);
            }
            GuestIdentity.write(new WritableLayer(spec.stack()), spec, network);
        } catch (RuntimeException | Error failure) {
            PreparedContainer.closeAfter(failure, network::close);
            throw failure;
        }
        return new PreparedContainer(record, spec, options, network, happening, lock);
    }

    private static NetworkOptions networkOptions(ContainerRecord record, MachineSpec spec, ContainerOptions options) {
        List<String> names = new ArrayList<>(List.of(record.name(), record.shortId()));
        if (!names.contains(spec.hostname())) {
            names.add(spec.hostname());
        }
        return new NetworkOptions(spec.hostname(), names, options.network());
    }
}
