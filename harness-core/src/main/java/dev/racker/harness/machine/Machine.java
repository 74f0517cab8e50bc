package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.Attachment;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.WhenCancelled;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    private static final int PIPE_MODE = 0666;
    private static final Duration REMOVAL = Duration.ofSeconds(60);

    private final MachineSpec spec;
    private final CommandRunner runner;
    private final RunningCommand supervisor;
    private final Attachment network;
    private final long leader;
    private final Nsenter nsenter;
    private final AtomicInteger payloads = new AtomicInteger();
    private volatile boolean kept;

    Machine(MachineSpec spec, CommandRunner runner, RunningCommand supervisor, Attachment network, long leader) {
        this.spec = spec;
        this.runner = runner;
        this.supervisor = supervisor;
        this.network = network;
        this.leader = leader;
        this.nsenter = new Nsenter(leader);
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

    /** Completes when the machine has ended and nothing of it is left. */
    public CompletableFuture<CommandResult> ended() {
        return supervisor.ended();
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
        String unit = PAYLOAD_PREFIX + payloads.incrementAndGet() + ".service";
        GuestUser user = GuestUser.of(this, payload.user(), payload.group());
        Command command = nsenter.command(SystemdRun.command(unit, payload, user))
                .expectAny()
                .timeout(payload.timeout())
                .stdin(payload.input())
                .stdout(payload.output())
                .stderr(payload.error());
        RunningCommand client = runner.start(command);
        if (spec.stack().owners() != 0) {
            openPipes(client.pid());
        }
        return new RunningPayload(this, unit, client);
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

    /**
     * Lets a payload open /dev/stdin, /dev/stdout and /dev/stderr, as many images do: in a user namespace it is not the
     * owner of the host's pipes. Others see nothing of them: who may look into /proc/PID/fd may do all of this anyway.
     */
    private static void openPipes(long pid) {
        for (int fd = 0; fd <= 2; fd++) {
            Path link = Path.of("/proc/" + pid + "/fd/" + fd);
            try {
                if (Files.readSymbolicLink(link).toString().startsWith("pipe:")) {
                    Files.setAttribute(link, "unix:mode", PIPE_MODE);
                }
            } catch (IOException e) {
                return; // the client has ended already
            }
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

    /** Says whether the machine still runs. */
    public boolean isAlive() {
        return supervisor.isAlive();
    }

    /**
     * Asks the machine to power off, kills it when it has not within {@code grace}, and waits until nothing is left.
     */
    public void stop(Duration grace) {
        if (!supervisor.isAlive()) {
            close();
            return;
        }
        // systemd(1), "Signals": SIGRTMIN+3 halts, which ends a container.
        runner.run(Command.of("kill", "-RTMIN+3", Long.toString(leader))
                .expectAny()
                .whenCancelled(WhenCancelled.GO_ON));
        try {
            supervisor.ended().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new HarnessException("The supervisor of machine " + name() + " was lost.", null, e.getCause());
        }
        close();
    }

    /**
     * Lets the machine outlive this process: from now on neither {@link #kill()} nor {@link #close()} ends it, only
     * {@link Leftovers#end(java.nio.file.Path)}, or its own end. What belongs to it is removed then as always.
     */
    public void keep() {
        runner.run(Command.of("mkfifo", "--mode=600", spec.place().kept().toString()));
        try {
            OutputStream lifeline = supervisor.stdin();
            lifeline.write("keep\n".getBytes(StandardCharsets.US_ASCII));
            lifeline.flush();
            kept = true;
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to keep machine " + name() + ", but it has ended: " + e.getMessage() + ".", null, e);
        }
    }

    /** Kills the machine at once, without waiting for what it leaves to be removed. */
    public void kill() {
        if (kept || !supervisor.isAlive()) {
            return;
        }
        if (leader > 0) {
            ProcessHandle.of(leader).ifPresent(ProcessHandle::destroyForcibly);
        } else {
            cutLifeline();
        }
    }

    /** Before the leader is known only the supervisor can kill the machine. */
    private void cutLifeline() {
        try (OutputStream lifeline = supervisor.stdin()) {
            lifeline.flush();
        } catch (IOException e) {
            supervisor.kill(); // the pipe is broken: the supervisor is about to end
        }
    }

    /** Kills the machine when it still runs and waits until its files, cgroup and network are gone. */
    @Override
    public void close() {
        if (kept) {
            return;
        }
        kill();
        try {
            if (claimNetwork()) {
                network.close();
            }
        } finally {
            removed();
        }
    }

    /** The network is taken down here while the machine dies; the supervisor does it when this process cannot. */
    private boolean claimNetwork() {
        try {
            Files.move(spec.place().networkScript(), spec.place().claimedNetworkScript());
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to take down the network of machine " + name() + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    private void removed() {
        try {
            supervisor.ended().get(REMOVAL.toSeconds(), TimeUnit.SECONDS);
            if (Files.exists(Supervisor.cleanScript(spec.place().run()))) {
                new Leftovers(runner).remove(spec.place().run()); // the supervisor itself was killed
            }
        } catch (TimeoutException e) {
            throw new HarnessException(
                    "Tried to remove machine " + name() + ", but it is still there after " + REMOVAL.toSeconds()
                            + " s.",
                    "Look at process " + supervisor.pid() + ", which removes it.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new HarnessException("The supervisor of machine " + name() + " was lost.", null, e.getCause());
        } finally {
            supervisor.close();
        }
    }
}
