package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.Attachment;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.Command.WhenCancelled;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Starts machines and waits until they are ready. */
public final class MachineLauncher {

    private static final Duration UNLIMITED = Duration.ofDays(3650);

    /** What systemd-nspawn and the supervisor end with when they fail themselves. */
    private static final Set<Integer> SETUP_FAILURES = Set.of(1, 125);

    private final CommandRunner runner;
    private final Plane plane;

    /** Takes the gate to other programs and this host's way of supervising machines. */
    public MachineLauncher(CommandRunner runner, Plane plane) {
        this.runner = runner;
        this.plane = plane;
    }

    /** The word for this host's way of supervising machines: direct or machined. */
    public String plane() {
        return plane.word();
    }

    /** Makes sure that whatever is made for a machine from now on is removed, even when this process is killed. */
    public void prepare(MachineSpec spec) {
        new Supervisor(spec, plane).install();
    }

    /**
     * Gives a machine that runs the limits of this specification.
     *
     * @throws HarnessException when it cannot have them, or has ended
     */
    public void change(MachineSpec spec) {
        plane.change(spec, runner);
    }

    /** What this host cannot enforce of these limits, and of the access to these devices. */
    public List<Unenforced> unenforced(Limits limits, List<Device> devices) {
        return plane.unenforced(limits, devices);
    }

    /**
     * Makes what the payload of a machine that is going to be kept writes to.
     *
     * @param input whether it can be given input
     * @param inputEnds whether that ends with whoever gives it any first
     */
    public void prepareLog(MachineSpec spec, boolean input, boolean inputEnds) {
        MachinePlace place = spec.place();
        List<String> fifos = new ArrayList<>(List.of(
                "mkfifo",
                "--mode=666",
                place.standardOutput().toString(),
                place.standardError().toString()));
        if (input) {
            fifos.add(place.standardInput().toString());
        }
        if (inputEnds) {
            fifos.add(place.endingInput().toString());
        }
        runner.run(Command.of(fifos));
    }

    /**
     * Boots a machine and returns when its init says that all of its start-up is done.
     *
     * <p>The network is connected while the guest boots. The machine must have been {@link #prepare prepared}.
     *
     * @throws BootFailedException when the machine ends before it is ready, or is not ready after {@code timeout}; it
     *     is gone then
     */
    public Machine launch(MachineSpec spec, Attachment network, Duration timeout) {
        return launch(spec, network, timeout, new Supervisor(spec, plane));
    }

    /** The same, for a machine that is going to be {@link Machine#keep() kept}. */
    public Machine launchDetached(MachineSpec spec, Attachment network, Duration timeout) {
        return launch(spec, network, timeout, new Supervisor(spec, plane).detached());
    }

    @SuppressWarnings("try") // the deadline only runs
    private Machine launch(MachineSpec spec, Attachment network, Duration timeout, Supervisor supervisor) {
        try (BootConsole console = BootConsole.open(spec.place().bootLog());
                ReadyListener listener = ReadyListener.open(runner, spec.place().notifySocket());
                BootDeadline deadline = BootDeadline.begin(listener, console, timeout)) {
            supervisor.installNetworkTeardown(network.teardownCommand());
            RunningCommand child = start(spec, supervisor, Input.pipe());
            child.ended().whenComplete((result, failure) -> listener.stop());
            OwnerHold hold = new OwnerHold(spec, runner, child, network, null, onlyWaits(supervisor));
            Machine machine = machine(spec, hold, listener.awaitLeader());
            return ready(machine, network, listener, new BootDiagnosis(machine, console, timeout));
        }
    }

    /**
     * Starts a prepared machine that boots nothing but has one payload; the command ends with the payload's status.
     *
     * @param output where its standard output goes
     * @param error where its standard error goes
     */
    public RunningCommand runPayload(MachineSpec spec, Output output, Output error) {
        Supervisor supervisor = new Supervisor(spec, plane);
        return runner.start(command(spec, supervisor, Input.pipe())
                .stdout(output)
                .stderr(error)
                .whenCancelled(WhenCancelled.CLOSE_INPUT));
    }

    /**
     * Starts a prepared machine that boots nothing but has one payload, connected to the streams of the caller.
     *
     * <p>The payload finds its bridge: it does not begin before the network is connected, unless the host has only the
     * old hierarchies of cgroups.
     */
    public PayloadMachine launchPayload(MachineSpec spec, Attachment network, PayloadStreams streams) {
        return launchPayload(spec, network, streams, new Supervisor(spec, plane));
    }

    /**
     * The same, for a payload that nobody is connected to; its terminal, when it has one, is held by the machine.
     *
     * @throws BootFailedException when the machine cannot be set up; it is gone then
     */
    public PayloadMachine launchDetached(MachineSpec spec, Attachment network) {
        Output log = Output.append(spec.place().bootLog());
        PayloadStreams streams = new PayloadStreams(Input.none(), log, log);
        try (BootConsole console = BootConsole.open(spec.place().bootLog())) {
            PayloadMachine machine = launchPayload(spec, network, streams, new Supervisor(spec, plane).detached());
            if (!machine.hasBegun()) {
                requireSetUp(machine, console.text());
            }
            return machine;
        }
    }

    /** Who has not heard of a payload may have been too late for a short one; only a failure says why. */
    private static void requireSetUp(PayloadMachine machine, String printed) {
        if (!printed.isBlank() && SETUP_FAILURES.contains(machine.await())) {
            String name = machine.spec().name();
            machine.close();
            throw new BootFailedException(
                    "Tried to start machine " + name + ", but it could not be set up:"
                            + BootDiagnosis.lastLines(printed),
                    null,
                    null);
        }
    }

    private PayloadMachine launchPayload(
            MachineSpec spec, Attachment network, PayloadStreams streams, Supervisor plain) {
        boolean waits = network.mode() == NetworkMode.BRIDGE
                || !spec.isolation().sysctls().isEmpty();
        Supervisor supervisor = waits ? plain.holdingPayload() : plain;
        Lifeline lifeline = Lifeline.create(runner, spec.place().lifeline());
        try (ReadyListener listener = ReadyListener.open(runner, spec.place().notifySocket())) {
            supervisor.installNetworkTeardown(network.teardownCommand());
            RunningCommand child = runner.start(command(spec, supervisor, streams.stdin())
                    .stdout(streams.stdout())
                    .stderr(streams.stderr())
                    .whenCancelled(WhenCancelled.GO_ON)); // its lifeline is cut below
            if (child.stdout() != null) {
                PayloadPipes.open(child.pid(), spec);
                streams.reader().read(spec.place(), child.stdout(), child.stderr());
            }
            child.ended().whenComplete((result, failure) -> listener.stop());
            long leader = listener.awaitLeader();
            OwnerHold hold = new OwnerHold(spec, runner, child, network, lifeline, onlyWaits(supervisor));
            PayloadMachine machine = new PayloadMachine(machine(spec, hold, leader), child, lifeline, runner);
            connect(machine, network, leader, listener.held());
            listener.awaitReady(); // nspawn complains where the payload's errors go when nobody listens any more
            return machine;
        } catch (RuntimeException | Error failure) {
            lifeline.close();
            throw failure;
        }
    }

    /** Says whether the child of this process is not the supervisor but only waits for it. */
    private boolean onlyWaits(Supervisor supervisor) {
        return plane.registers() || supervisor.isDetached();
    }

    private Machine machine(MachineSpec spec, OwnerHold hold, long leader) {
        if (leader > 0) {
            spec.place().writeLeader(leader);
        }
        return new Machine(spec, runner, hold, leader);
    }

    private void connect(PayloadMachine machine, Attachment network, long leader, Path held) {
        try {
            runner.cancellation().check();
            if (leader > 0) {
                network.connect(leader);
                Sysctls.set(runner, machine.spec(), leader);
            }
            if (held != null) {
                thaw(held);
            }
        } catch (RuntimeException | Error failure) {
            // A payload that has ended takes its network namespace with it, and needs none any more.
            if (held != null || runner.cancellation().isRequested() || !machine.endsWithin(PayloadMachine.LAST_WORDS)) {
                closeAfter(failure, machine::close);
                throw failure;
            }
        }
    }

    /** cgroups(7): what is frozen goes on once "0" is written. */
    private static void thaw(Path cgroup) {
        try {
            Files.writeString(cgroup.resolve("cgroup.freeze"), "0", StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return; // the machine was killed
        } catch (IOException e) {
            throw new HarnessException("Tried to let the payload begin, but: " + e.getMessage() + ".", null, e);
        }
    }

    private RunningCommand start(MachineSpec spec, Supervisor supervisor, Input input) {
        Output log = Output.append(spec.place().bootLog());
        return runner.start(
                command(spec, supervisor, input).stdout(log).stderr(log).whenCancelled(WhenCancelled.CLOSE_INPUT));
    }

    private Command command(MachineSpec spec, Supervisor supervisor, Input input) {
        return Command.of(plane.launch(spec, supervisor))
                .expectAny()
                .timeout(UNLIMITED)
                .stdin(input);
    }

    private Machine ready(Machine machine, Attachment network, ReadyListener listener, BootDiagnosis diagnosis) {
        try {
            if (machine.leader() < 0) {
                throw failure(diagnosis);
            }
            BootConnection connection = BootConnection.begin(network, machine.leader());
            Sysctls.set(runner, machine.spec(), machine.leader());
            if (!listener.awaitReady()) {
                throw failure(diagnosis);
            }
            connection.await();
            return machine;
        } catch (RuntimeException | Error failure) {
            closeAfter(failure, machine::close);
            throw failure;
        }
    }

    private BootFailedException failure(BootDiagnosis diagnosis) {
        runner.cancellation().check(); // then there is nothing to explain
        return diagnosis.failure();
    }

    private static void closeAfter(Throwable failure, Runnable close) {
        try {
            close.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
