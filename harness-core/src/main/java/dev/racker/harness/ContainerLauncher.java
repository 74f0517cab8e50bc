package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.MachineLauncher;
import dev.racker.harness.machine.MachineSpec;
import dev.racker.harness.machine.PayloadMachine;
import dev.racker.harness.machine.PayloadStreams;
import dev.racker.harness.machine.StandbyMachine;
import dev.racker.harness.network.Networks;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.ContainerStore;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.NameInUseException;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Makes containers of images and starts their machines. */
public final class ContainerLauncher {

    private final Claims claims;
    private final ContainerStore containers;
    private final ContainerMaker maker;
    private final MachineSpecs specs;
    private final ContainerLife life;
    private final ContainerPreparer preparer;
    private final MachineLauncher machines;
    private final Leftovers leftovers;
    private final ContainerMounts mounts;
    private final Events events;
    private final Store store;
    private final CommandRunner runner;

    ContainerLauncher(
            Store store,
            Events events,
            Networks networks,
            MachineLauncher machines,
            Leftovers leftovers,
            ContainerMounts mounts,
            CommandRunner runner) {
        this.events = events;
        this.claims = new Claims(store);
        this.containers = store.containers();
        this.maker = new ContainerMaker(store, mounts, runner);
        this.specs = new MachineSpecs(store, runner);
        this.life = new ContainerLife(containers);
        this.preparer = new ContainerPreparer(networks, machines, mounts, life, events);
        this.machines = machines;
        this.leftovers = leftovers;
        this.mounts = mounts;
        this.store = store;
        this.runner = runner;
    }

    /** The word for this host's way of supervising machines: direct or machined. */
    public String plane() {
        return machines.plane();
    }

    /**
     * Makes a container of an image and boots it, or takes a machine that waits.
     *
     * @param reference by which the image was asked for; the container's name tells it
     * @throws dev.racker.harness.machine.BootFailedException when its machine does not become ready
     * @throws NameInUseException when another container has the name asked for
     */
    public Container launch(ImageReference reference, StoredImage image, ContainerOptions options) {
        if (Files.exists(store.paths().standbySetting(image.name()))) {
            return new StandbyClaims(store, specs, mounts, events, machines, runner)
                    .launch(image, options, () -> make(reference, image, options, Start.OWNED, this::boot));
        }
        return make(reference, image, options, Start.OWNED, this::boot);
    }

    /**
     * Makes a container of an image and boots it, and lets it wait until somebody claims it.
     *
     * @param note what is noted about it
     */
    Standby standBy(
            ImageReference reference,
            StoredImage image,
            ContainerOptions options,
            Duration idle,
            Function<ContainerRecord, Standby> note) {
        return make(reference, image, options, Start.STANDBY, made -> {
            StandbyMachine.prepare(made.spec(), runner);
            Standby standby = note.apply(made.record());
            Machine machine = machines.launchDetached(made.spec(), made.network(), options.bootTimeout());
            try {
                StandbyMachine.leave(machine, idle, standby.toJson());
            } catch (RuntimeException | Error failure) {
                PreparedContainer.closeAfter(failure, machine::close);
                throw failure;
            }
            made.lock().close();
            return standby;
        });
    }

    /**
     * Makes a container of an image and runs its process as the only one, without booting it.
     *
     * @param reference by which the image was asked for; the container's name tells it
     * @throws HarnessException when the image lacks what it takes to run as the process's user
     * @throws NameInUseException when another container has the name asked for
     */
    public PayloadContainer run(
            ImageReference reference, StoredImage image, ContainerOptions options, PayloadStreams streams) {
        return make(reference, image, options, Start.OWNED, made -> run(made, streams));
    }

    /**
     * Makes a container of an image, and does not start it.
     *
     * @param reference by which the image was asked for; the container's name tells it
     * @throws NameInUseException when another container has the name asked for
     */
    @SuppressWarnings("try") // the lock is only held
    public ContainerRecord create(ImageReference reference, StoredImage image, ContainerOptions options) {
        String id = ContainerIds.next();
        try (Lock lock = claims.await(ContainerRecord.shortId(id))) {
            ContainerRecord record = maker.record(id, reference, image, options);
            MachineSpec spec = specs.starting(record, options);
            try {
                maker.make(record, spec, options, image.config());
                life.created(record);
                events.container("create", record);
                return record;
            } catch (RuntimeException | Error failure) {
                if (!(failure instanceof NameInUseException)) {
                    removeAfter(failure, record);
                }
                throw failure;
            }
        }
    }

    /**
     * Boots a container that does not run; its machine ends with this process.
     *
     * @throws dev.racker.harness.machine.BootFailedException when its machine does not become ready
     */
    public Container launch(ContainerRecord record) {
        return start(record, Start.OWNED, this::boot);
    }

    /** Runs the process of a container that does not run, and is not booted; it ends with this process. */
    public PayloadContainer run(ContainerRecord record, PayloadStreams streams) {
        return start(record, Start.OWNED, made -> run(made, streams));
    }

    /**
     * Starts a container that does not run; it outlives this process.
     *
     * @param again starts it again when its policy wants that: a program and its arguments; may be empty when it does not
     * @throws dev.racker.harness.machine.BootFailedException when its machine does not become ready
     */
    public void start(ContainerRecord record, List<String> again) {
        start(record, Start.KEPT, made -> keeper().letGo(made, again));
    }

    /**
     * Makes a container of an image and starts it; it outlives this process.
     *
     * @param reference by which the image was asked for; the container's name tells it
     * @param again see {@link #start(ContainerRecord, List)}
     * @throws dev.racker.harness.machine.BootFailedException when its machine does not become ready
     * @throws NameInUseException when another container has the name asked for
     */
    public ContainerRecord start(
            ImageReference reference, StoredImage image, ContainerOptions options, List<String> again) {
        return make(reference, image, options, Start.KEPT, made -> keeper().letGo(made, again));
    }

    /**
     * Lets another policy decide whether a container that runs is started again.
     *
     * @param again see {@link #start(ContainerRecord, List)}
     */
    public void restartBy(ContainerRecord record, RestartPolicy policy, List<String> again) {
        life.restartWith(record, policy, machines.plane(), again);
    }

    private ContainerKeeper keeper() {
        return new ContainerKeeper(machines, life);
    }

    private Container boot(PreparedContainer made) {
        Machine machine =
                machines.launch(made.spec(), made.network(), made.options().bootTimeout());
        return new Container(made.record(), mounts, machine, made.events(), made.lock());
    }

    private PayloadContainer run(PreparedContainer made, PayloadStreams streams) {
        PayloadMachine machine = machines.launchPayload(made.spec(), made.network(), streams);
        return new PayloadContainer(made.record(), mounts, machine, made.events(), made.lock());
    }

    private <T> T make(
            ImageReference reference,
            StoredImage image,
            ContainerOptions options,
            Start how,
            Function<PreparedContainer, T> starter) {
        String id = ContainerIds.next();
        Lock lock = claims.await(ContainerRecord.shortId(id));
        try {
            ContainerRecord record = maker.record(id, reference, image, options);
            MachineSpec spec = specs.starting(record, options);
            runDirectory(spec.place().run());
            try {
                if (how == Start.STANDBY) {
                    StandbyMachine.announce(spec.place().run());
                }
                maker.make(record, spec, options, image.config());
                if (how == Start.KEPT || !record.ephemeral()) {
                    life.begin(record);
                }
                if (how == Start.STANDBY) {
                    return preparer.prepare(record, spec, options, lock, how).start(starter);
                }
                events.note(LifeEvents.made(
                        record, how == Start.OWNED && options.process().exists()));
                return preparer.prepare(record, spec, options, lock, how).startTold(starter);
            } catch (RuntimeException | Error failure) {
                discard(record, spec, failure);
                throw failure;
            }
        } catch (RuntimeException | Error failure) {
            lock.close();
            throw failure;
        }
    }

    private <T> T start(ContainerRecord record, Start how, Function<PreparedContainer, T> starter) {
        Lock lock = claims.claim(record.shortId())
                .orElseThrow(() -> new ContainerStateException(
                        "Tried to start container " + record.name() + ", but it is running.", "Stop it first."));
        try {
            ContainerOptions options = specs.options(record);
            MachineSpec spec = specs.starting(record, options);
            leftovers.remove(spec.place().run());
            runDirectory(spec.place().run());
            try {
                return preparer.prepare(record, spec, options, lock, how).startTold(starter);
            } catch (RuntimeException | Error failure) {
                PreparedContainer.closeAfter(
                        failure, () -> leftovers.remove(spec.place().run()));
                throw failure;
            }
        } catch (RuntimeException | Error failure) {
            lock.close();
            throw failure;
        }
    }

    private static void runDirectory(Path run) {
        try {
            Files.createDirectories(run);
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to create " + run + ", but: " + e.getMessage() + ".",
                    "Check the permissions and the free space of that file system.",
                    e);
        }
    }

    private void discard(ContainerRecord record, MachineSpec spec, Throwable failure) {
        PreparedContainer.closeAfter(
                failure, () -> leftovers.remove(spec.place().run()));
        if (record.ephemeral() && !(failure instanceof NameInUseException)) {
            removeAfter(failure, record);
        }
    }

    private void removeAfter(Throwable failure, ContainerRecord record) {
        PreparedContainer.closeAfter(failure, () -> containers.remove(record));
        PreparedContainer.closeAfter(failure, () -> mounts.release(record));
    }
}
