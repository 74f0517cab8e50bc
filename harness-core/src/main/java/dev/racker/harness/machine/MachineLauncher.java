package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.Attachment;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Starts machines and waits until they are ready. */
public final class MachineLauncher {

    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private final CommandRunner runner;
    private final ControlPlane plane;

    /** Takes the gate to other programs and this host's way of supervising machines. */
    public MachineLauncher(CommandRunner runner, ControlPlane plane) {
        this.runner = runner;
        this.plane = plane;
    }

    /**
     * Boots a machine and returns when its init says that all of its start-up is done.
     *
     * <p>The network is connected while the guest boots. The directories of {@link MachineSpec#place()} must exist and
     * the runtime one must be empty; the machine owns it from here on.
     *
     * @throws BootFailedException when the machine ends before it is ready, or is not ready after {@code timeout}; it
     *     is gone then
     */
    public Machine launch(MachineSpec spec, Attachment network, Duration timeout) {
        Supervisor supervisor = new Supervisor(spec, plane, network.teardownProgram());
        CountDownLatch settled = new CountDownLatch(1);
        try (ReadyListener listener = ReadyListener.open(runner, spec.place().notifySocket())) {
            supervisor.install();
            directory(spec);
            listener.awaitListening();
            RunningCommand child = start(spec, supervisor, Input.pipe());
            child.ended().whenComplete((result, failure) -> listener.stop());
            stopAtDeadline(listener, settled, timeout);
            return ready(spec, network, timeout, listener, child);
        } finally {
            settled.countDown();
        }
    }

    /**
     * Runs a machine that boots nothing but has one payload, and returns its status.
     *
     * @param input where the payload's standard input comes from
     * @param output where its standard output goes
     * @param error where its standard error goes
     */
    public RunningCommand runPayload(MachineSpec spec, String networkProgram, Output output, Output error) {
        Supervisor supervisor = new Supervisor(spec, plane, networkProgram);
        supervisor.install();
        directory(spec);
        return runner.start(
                command(spec, supervisor, Input.pipe()).stdout(output).stderr(error));
    }

    private RunningCommand start(MachineSpec spec, Supervisor supervisor, Input input) {
        Output log = Output.append(spec.place().bootLog());
        return runner.start(command(spec, supervisor, input).stdout(log).stderr(log));
    }

    private Command command(MachineSpec spec, Supervisor supervisor, Input input) {
        return Command.of(plane.launch(spec, supervisor))
                .expectAny()
                .timeout(UNLIMITED)
                .stdin(input);
    }

    private static void directory(MachineSpec spec) {
        try {
            Files.createDirectory(spec.place().root());
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to create " + spec.place().root() + ", but: " + e.getMessage() + ".",
                    "Check the free space and the permissions of that file system.",
                    e);
        }
    }

    private Machine ready(
            MachineSpec spec, Attachment network, Duration timeout, ReadyListener listener, RunningCommand child) {
        long leader = listener.awaitLeader();
        Machine machine = new Machine(spec, runner, child, network, leader);
        try {
            if (leader < 0) {
                throw new BootDiagnosis(machine, timeout).failure();
            }
            FutureTask<Void> connection = connect(network, leader);
            if (!listener.awaitReady()) {
                throw new BootDiagnosis(machine, timeout).failure();
            }
            connected(connection);
            return machine;
        } catch (RuntimeException | Error failure) {
            closeAfter(failure, machine);
            throw failure;
        }
    }

    private static FutureTask<Void> connect(Attachment network, long leader) {
        FutureTask<Void> connection = new FutureTask<>(() -> network.connect(leader), null);
        Thread thread = new Thread(connection, "network");
        thread.setDaemon(true);
        thread.start();
        return connection;
    }

    private static void connected(FutureTask<Void> connection) {
        try {
            connection.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while the machine's network was connected.", null, e);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new HarnessException("The machine's network could not be connected.", null, e.getCause());
        }
    }

    private static void closeAfter(Throwable failure, Machine machine) {
        try {
            machine.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static void stopAtDeadline(ReadyListener listener, CountDownLatch settled, Duration timeout) {
        Thread thread = new Thread(
                () -> {
                    try {
                        if (!settled.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                            listener.stop();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "boot deadline");
        thread.setDaemon(true);
        thread.start();
    }
}
