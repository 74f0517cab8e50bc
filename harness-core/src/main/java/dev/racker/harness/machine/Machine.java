package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.WhenCancelled;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A booted operating system; closing it kills it and removes what belonged to it.
 *
 * <p>Thread-safe: payloads may run side by side.
 */
public final class Machine implements AutoCloseable {

    /** What the names of the services that payloads run in begin with. */
    public static final String PAYLOAD_PREFIX = "racker-payload-";

    /** The service of what a container that is kept was made for. */
    public static final String MAIN_PAYLOAD = PAYLOAD_PREFIX + "main.service";

    private final MachineSpec spec;
    private final CommandRunner runner;
    private final Hold hold;
    private final long leader;
    private final Nsenter nsenter;
    private final AtomicInteger payloads = new AtomicInteger();
    private final OutOfMemory outOfMemory;

    Machine(MachineSpec spec, CommandRunner runner, Hold hold, long leader) {
        this.spec = spec;
        this.runner = runner;
        this.hold = hold;
        this.leader = leader;
        this.nsenter = new Nsenter(leader);
        this.outOfMemory = OutOfMemory.watch(spec, leader);
    }

    /**
     * Looks at a machine that another process has started; empty when it does not run. Closing it does nothing,
     * stopping it does.
     */
    public static Optional<Machine> running(MachineSpec spec, CommandRunner runner) {
        MachinePlace place = spec.place();
        Optional<SupervisorProcess> supervisor = Leftovers.supervisor(place.run());
        OptionalLong leader = place.readLeader();
        return supervisor.isEmpty() || leader.isEmpty()
                ? Optional.empty()
                : Optional.of(new Machine(spec, runner, new VisitorHold(supervisor.get()), leader.getAsLong()));
    }

    /** The name that machinectl(1) knows it by in the machined control plane. */
    public String name() {
        return spec.name();
    }

    /** The process id of its init in the host's numbering. */
    public long leader() {
        return leader;
    }

    /** What was asked for. */
    public MachineSpec spec() {
        return spec;
    }

    /** Completes when the machine has ended and nothing of it is left, with its exit status; -1 when it is not ours. */
    public CompletableFuture<Integer> ended() {
        return hold.ended();
    }

    /** Runs a program to its end and gives its status and what it printed; no status is a failure. */
    public CommandResult run(String program, String... arguments) {
        return run(Payload.of(program, arguments));
    }

    /**
     * Runs a payload in a service of its own to its end; its status is 127 when the program is not found, 126 when it
     * cannot be executed, 128 + n when signal n ended it.
     *
     * @throws CommandException when the payload's deadline passes; it is stopped then
     */
    public CommandResult run(Payload payload) {
        try (RunningPayload running = start(payload)) {
            return running.await();
        }
    }

    /**
     * Starts a payload in a service of its own and returns at once.
     *
     * @throws HarnessException when the machine does not know the payload's user
     */
    public RunningPayload start(Payload payload) {
        if (!isAlive()) {
            throw new HarnessException(
                    "Tried to run " + payload.arguments().get(0) + ", but machine " + name() + " has ended.", null);
        }
        String unit = spec.boots() ? nextUnit() : "";
        RunningCommand client = runner.start(new PayloadCommands(this).running(unit, payload));
        PayloadPipes.open(client.pid(), spec);
        return new RunningPayload(this, unit, client);
    }

    /**
     * Starts a payload that nobody waits for, without streams.
     *
     * @throws HarnessException when the machine does not know the payload's user, or its systemd refuses
     */
    public void startDetached(Payload payload) {
        runner.run(new PayloadCommands(this).detached(nextUnit(), payload));
    }

    /** Several processes may run payloads in the same machine. */
    private String nextUnit() {
        return PAYLOAD_PREFIX + ProcessHandle.current().pid() + "-" + payloads.incrementAndGet() + ".service";
    }

    /**
     * Says whether its init still runs; false already when that has begun to end and the machine is about to go with it.
     */
    public boolean hasInit() {
        // proc(5): a process that has begun to end has no exe any more, even before it is gone.
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + leader + "/exe")).isAbsolute();
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs one of the machine's own tools as root, outside of any service; for looking and steering, not for work. */
    public CommandResult tool(List<String> arguments, Duration timeout) {
        return runner.run(nsenter.command(arguments).expectAny().timeout(timeout));
    }

    /**
     * Starts a program of the host that sees the machine's network and nothing else of it, as the host's root; it is killed
     * when this process ends. Standard input and standard output are pipes.
     */
    public RunningCommand startInNetwork(List<String> program) {
        return runner.start(
                nsenter.network(program).expectAny().stdin(Command.Input.pipe()).stdout(Command.Output.pipe()));
    }

    /** A command that enters the machine as its root, outside of any service. */
    Command entering(List<String> arguments) {
        return nsenter.command(arguments);
    }

    CommandRunner runner() {
        return runner;
    }

    /** The services, sockets and ports of the machine, to wait for. */
    public Readiness readiness() {
        return new Readiness(this);
    }

    /** The journal of the machine. */
    public Journal journal() {
        return new Journal(this);
    }

    /** The files of the machine. */
    public GuestFiles files() {
        return new GuestFiles(this);
    }

    /** Says whether the kernel has killed one of its processes because its memory was used up, as far as it is limited. */
    public boolean ranOutOfMemory() {
        return outOfMemory.happened();
    }

    /** Says whether the machine still runs. */
    public boolean isAlive() {
        return hold.isAlive();
    }

    /**
     * Asks the machine to power off, kills it when it has not within {@code grace}, and waits until nothing is left.
     */
    public void stop(Duration grace) {
        if (hold.isAlive()) {
            // systemd(1), "Signals": SIGRTMIN+3 halts, which ends a container.
            signal("RTMIN+3");
            if (!endsWithin(grace)) {
                hold.kill(leader);
            }
        }
        hold.release();
    }

    /** Kills the machine at once, whoever has started it, without waiting for what it leaves to be removed. */
    public void destroy() {
        hold.kill(leader);
    }

    /** Waits until nothing is left of a machine that has ended or is about to. */
    public void release() {
        hold.release();
    }

    /**
     * Sends a signal, named as kill(1) names them, to the machine's first process: its init, or what runs instead, which as
     * such ignores what it does not handle.
     */
    public void signal(String signal) {
        runner.run(Command.of("kill", "-s", signal, "--", Long.toString(leader))
                .expectAny() // it may have ended by now
                .whenCancelled(WhenCancelled.GO_ON));
    }

    /** Waits for this time at most; says whether the machine has ended and nothing of it is left. */
    public boolean endsWithin(Duration time) {
        try {
            hold.ended().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new HarnessException("The supervisor of machine " + name() + " was lost.", null, e.getCause());
        }
    }

    /**
     * Lets the machine outlive this process: from now on neither {@link #kill()} nor {@link #close()} ends it, only
     * {@link #destroy()}, or its own end. What belongs to it is removed then as always.
     */
    public void keep() {
        hold.keep();
    }

    /** The same, and from now on the supervisor attends to the machine. */
    public void keep(Attendance attendance) {
        AttendanceScripts scripts = new AttendanceScripts(spec.place());
        PayloadCommands commands = new PayloadCommands(this);
        attendance
                .payload()
                .ifPresent(payload ->
                        scripts.payload(leader, attendance.farewell(), payload.terminal(), commands.main(payload)));
        attendance.health().ifPresent(check -> scripts.health(check, commands.health(check)));
        hold.keep();
    }

    /** Kills the machine at once, without waiting for what it leaves to be removed; nothing when it was kept. */
    public void kill() {
        if (hold.isOwned() && hold.isAlive()) {
            hold.kill(leader);
        }
    }

    /** Kills the machine when it still runs and waits until its files, cgroup and network are gone. */
    @Override
    public void close() {
        if (hold.isOwned()) {
            kill();
            hold.release();
        }
    }
}
