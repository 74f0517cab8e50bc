package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.MachinePlace;
import dev.racker.harness.machine.MachineSpec;
import dev.racker.harness.machine.StandbyMachine;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.ContainerStore;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The containers of this host, whoever has made and started them. */
public final class Containers {

    private static final int UNSEEN = 255;

    private final ContainerStore store;
    private final Claims claims;
    private final MachineSpecs specs;
    private final ContainerLife life;
    private final ContainerStates states;
    private final Leftovers leftovers;
    private final Events events;
    private final ContainerMounts mounts;
    private final CommandRunner runner;

    Containers(Store store, Events events, Leftovers leftovers, ContainerMounts mounts, CommandRunner runner) {
        this.store = store.containers();
        this.events = events;
        this.claims = new Claims(store);
        this.specs = new MachineSpecs(store, runner);
        this.life = new ContainerLife(this.store);
        this.states = new ContainerStates(specs, life);
        this.leftovers = leftovers;
        this.mounts = mounts;
        this.runner = runner;
    }

    /** All of them, in the order of their making; those that wait for somebody who claims them are nobody's yet. */
    public List<ContainerRecord> list() {
        List<ContainerRecord> records = store.list();
        records.removeIf(this::isWaiting);
        return records;
    }

    private boolean isWaiting(ContainerRecord record) {
        return record.ephemeral()
                && StandbyMachine.isWaiting(specs.place(record).run());
    }

    /**
     * Finds a container by its name, its id, or the beginning of its id.
     *
     * @throws NoSuchContainerException when there is none
     */
    public ContainerRecord get(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> new NoSuchContainerException(nameOrId));
    }

    /** What a container was made with. */
    public ContainerOptions options(ContainerRecord record) {
        return specs.options(record);
    }

    /** Writes what a container is made with down again; it counts from the next start. */
    public void configure(ContainerRecord record, ContainerOptions options) {
        store.configure(record, ContainerOptionsJson.write(options));
    }

    /** What its machine is called, which is a host name too. */
    public String machineName(ContainerRecord record) {
        return MachineNames.machine(record.name(), record.shortId());
    }

    /** Where a container, and its machine when it has one, keeps its files. */
    public MachinePlace place(ContainerRecord record) {
        return specs.place(record);
    }

    /** How a container is at the moment. */
    public ContainerState state(ContainerRecord record) {
        return states.of(record);
    }

    /**
     * The machine of a container.
     *
     * @throws HarnessException when it does not run
     */
    public RunningContainer running(ContainerRecord record) {
        ContainerOptions options = specs.options(record);
        MachineSpec spec = specs.of(record, options);
        Machine machine = Machine.running(spec, runner)
                .orElseThrow(() -> new ContainerStateException(
                        "Container " + record.name() + " is not running.", "Start it: racker start " + record.name()));
        return new RunningContainer(record, options, machine, ContainerStates.cgroups(spec.place()));
    }

    /** Finds a container by its name, its id, or the beginning of its id. */
    public Optional<ContainerRecord> find(String nameOrId) {
        return store.find(nameOrId).filter(record -> !isWaiting(record));
    }

    /** What a container has printed. */
    public ContainerLog log(ContainerRecord record) {
        return new ContainerLog(specs.place(record), runner);
    }

    /** Says whether somebody has ended it, and its policy does not start it again. */
    public boolean isStopped(ContainerRecord record) {
        return life.isStopped(record);
    }

    /** Notes that a user starts it, so that its policy begins to count anew. */
    public void startedByHand(ContainerRecord record) {
        life.startedByHand(record);
    }

    /**
     * Checks that a container is not frozen.
     *
     * @throws HarnessException when it is
     */
    public void requireUnpaused(RunningContainer running) {
        if (new Freezer(running.cgroups()).isFrozen()) {
            throw new ContainerStateException(
                    "Container " + running.record().name() + " is paused.",
                    "Let it go on first: racker unpause " + running.record().name());
        }
    }

    /**
     * Ends a container's machine properly, kills it when it has not ended in time, and waits until nothing is left of it;
     * its policy does not start it again. Nothing when it does not run.
     *
     * @param signal what tells it to end, as kill(1) names signals; empty for its own
     */
    public void stop(ContainerRecord record, String signal, Duration timeout) {
        life.stopped(record);
        life.restarting(record).ifPresent(waiting -> cancelRestart(record, waiting));
        if (!Leftovers.isSupervised(specs.place(record).run())) {
            return;
        }
        RunningContainer running = running(record);
        new Freezer(running.cgroups()).thaw();
        events.container("kill", record, "signal", signal.isEmpty() ? "TERM" : signal);
        new StopSignal(running).send(signal);
        if (!running.machine().endsWithin(timeout)) {
            running.machine().destroy();
        }
        running.machine().release();
        events.container("stop", record);
    }

    /**
     * Sends a signal to what runs in a container; KILL ends its machine. Its policy does not start it again when it ends.
     *
     * @param signal as kill(1) names it, without SIG
     */
    public void kill(ContainerRecord record, String signal) {
        RunningContainer running = running(record);
        life.stopped(record);
        events.container("kill", record, "signal", signal);
        if (signal.equals("KILL") || signal.equals("9")) {
            new Freezer(running.cgroups()).thaw();
            running.machine().destroy();
            running.machine().release();
        } else {
            new StopSignal(running).deliver(signal);
        }
    }

    /** Freezes everything in a container's machine. */
    public void pause(ContainerRecord record) {
        new Freezer(running(record).cgroups()).freeze(record.name());
        events.container("pause", record);
    }

    /** Lets it go on. */
    public void unpause(ContainerRecord record) {
        new Freezer(running(record).cgroups()).thaw(record.name());
        events.container("unpause", record);
    }

    /** What runs in a container; what it prints counts from now on, so that this may come before the start. */
    public ContainerConsole console(ContainerRecord record) {
        return ContainerConsole.open(specs.options(record).process(), specs.place(record), runner);
    }

    /** Waits until the container does not run, and gives its exit status; 0 of one that was never started. */
    public int await(ContainerRecord record) {
        if (life.started(record).isEmpty()) {
            return 0;
        }
        try (ExitFile exit = ExitFile.open(store.directory(record).resolve("ended"))) {
            Leftovers.awaitSupervisor(specs.place(record).run());
            return exit.read().orElse(UNSEEN);
        }
    }

    /**
     * Gives a container another name; that of a machine that runs stays.
     *
     * @throws dev.racker.harness.store.NameInUseException when another container has the name
     */
    public ContainerRecord rename(ContainerRecord record, String name) {
        MachineNames.check(name);
        ContainerRecord renamed = store.rename(record, name);
        EndNotes.in(specs.place(record).run()).renamed(renamed);
        events.container("rename", renamed, "oldName", "/" + record.name());
        return renamed;
    }

    /**
     * Removes a container and, when nobody else mounts them, the volumes that were made for it and have no name.
     *
     * @param force whether its machine is killed when it runs
     * @throws HarnessException when it runs
     */
    public void removeWithVolumes(ContainerRecord record, boolean force) {
        List<String> volumes = mounts.of(record).anonymousVolumes();
        remove(record, force);
        mounts.removeUnused(volumes);
    }

    /**
     * Removes a container.
     *
     * @param force whether its machine is killed when it runs
     * @throws HarnessException when it runs
     */
    @SuppressWarnings("try") // the lock is only held
    public void remove(ContainerRecord record, boolean force) {
        if (force) {
            end(record);
        }
        Optional<Lock> lock = force ? Optional.of(claims.await(record.shortId())) : claims.claim(record.shortId());
        if (lock.isEmpty()) {
            throw new HarnessException(
                    "Tried to remove container " + record.name() + ", but it is running.",
                    "Stop it first, or use --force, which kills it.");
        }
        try (Lock held = lock.get()) {
            store.remove(record);
            events.container("destroy", record);
            mounts.release(record);
        }
    }

    private void end(ContainerRecord record) {
        if (!record.ephemeral()) {
            life.stopped(record);
        }
        life.restarting(record).ifPresent(waiting -> cancelRestart(record, waiting));
        Path run = specs.place(record).run();
        if (Leftovers.isSupervised(run)) {
            events.container("kill", record, "signal", "KILL");
            new Freezer(ContainerStates.cgroups(specs.place(record))).thaw(); // what is frozen does not die
            Machine.running(specs.of(record, specs.options(record)), runner).ifPresent(Machine::destroy);
            Leftovers.awaitSupervisor(run);
            leftovers.remove(run);
        }
    }

    private void cancelRestart(ContainerRecord record, int waiting) {
        ProcessHandle.of(waiting)
                .filter(process -> process.info().commandLine().orElse("").contains(record.shortId()))
                .ifPresent(process -> {
                    process.children().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                });
        runner.run(Command.of("systemctl", "stop", "racker-restart-" + record.shortId() + ".timer")
                .expectAny()); // where there is no systemd, no unit waits
        life.notRestarting(record);
    }
}
