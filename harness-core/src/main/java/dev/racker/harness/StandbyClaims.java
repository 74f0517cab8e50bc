package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.MachineLauncher;
import dev.racker.harness.machine.StandbyMachine;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gives containers machines that wait, when they can have one, and has others booted in their place. */
final class StandbyClaims {

    private final StandbyPool pool;
    private final Store store;
    private final Claims claims;
    private final MachineSpecs specs;
    private final ContainerMounts mounts;
    private final Events events;
    private final MachineLauncher machines;
    private final CommandRunner runner;

    StandbyClaims(
            Store store,
            MachineSpecs specs,
            ContainerMounts mounts,
            Events events,
            MachineLauncher machines,
            CommandRunner runner) {
        this.pool = new StandbyPool(store);
        this.store = store;
        this.claims = new Claims(store);
        this.specs = specs;
        this.mounts = mounts;
        this.events = events;
        this.machines = machines;
        this.runner = runner;
    }

    /** A container of an image in a machine that has waited; otherwise in one that {@code boot} boots. */
    Container launch(StoredImage image, ContainerOptions options, Supplier<Container> boot) {
        Optional<StandbySetting> setting = pool.settings().find(image.name());
        if (setting.isEmpty()) {
            return boot.get();
        }
        String obstacle = StandbyFit.obstacle(options, setting.get().network());
        if (!obstacle.isEmpty()) {
            return boot.get().noting("Booted a machine instead of taking one that waits: " + obstacle + ".", null);
        }
        Runnable refill = () -> StandbyProgram.start(store, image.name(), runner);
        return claim(setting.get(), image, options)
                .map(container -> container.noting("Took the machine " + container.name() + ", which waited.", refill))
                .orElseGet(() -> boot.get().noting("Booted a machine, because none that fits waits.", refill));
    }

    /** Claims one that waits; those that do not fit the image any more, or the host, are discarded on the way. */
    Optional<Container> claim(StandbySetting setting, StoredImage image, ContainerOptions options) {
        String host = new HostState(Path.of("/")).text();
        for (Standby standby : pool.list(image.name())) {
            if (!standby.fits(setting, image, host)) {
                pool.discard(standby);
                continue;
            }
            Optional<Container> claimed = claim(standby, options);
            if (claimed.isPresent()) {
                return claimed;
            }
        }
        return Optional.empty();
    }

    private Optional<Container> claim(Standby standby, ContainerOptions options) {
        ContainerRecord record = standby.container(options);
        Optional<Machine> machine = StandbyMachine.claim(specs.of(record, options), runner);
        return machine.filter(claimed -> options.limits().isNone() || isLimited(claimed))
                .map(claimed -> adopt(record, options, claimed));
    }

    /** What one that has booted cannot have, such as less memory than it takes already, one that is booted for it may. */
    private boolean isLimited(Machine machine) {
        try {
            machines.change(machine.spec());
            return true;
        } catch (HarnessException refused) {
            machine.close();
            return false;
        }
    }

    private Container adopt(ContainerRecord record, ContainerOptions options, Machine machine) {
        Lock lock = null;
        try {
            lock = claims.await(record.shortId());
            store.containers().adopt(record, ContainerOptionsJson.write(options));
            events.note(LifeEvents.made(record, options.process().exists()));
            LifeEvents happening = new LifeEvents(events, record, List.of(), mounts.of(record));
            EndNotes.in(machine.spec().place().run()).write(events, record, happening.following(), true);
            happening.started();
            return new Container(record, mounts, machine, happening, lock);
        } catch (RuntimeException | Error failure) {
            machine.close();
            if (lock != null) {
                lock.close();
            }
            throw failure;
        }
    }
}
