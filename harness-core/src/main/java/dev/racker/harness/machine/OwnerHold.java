package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.Attachment;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A machine that this process has started: a pipe to its supervisor ends it with this process, unless it is kept. */
final class OwnerHold implements Hold {

    private static final Duration REMOVAL = Duration.ofSeconds(60);

    private final MachineSpec spec;
    private final CommandRunner runner;
    private final RunningCommand supervisor;
    private final Attachment network;
    private final Lifeline lifeline;
    private final boolean waiter;
    private volatile boolean kept;

    /**
     * Takes what was started.
     *
     * @param supervisor the process of this one that is the machine's supervisor, or waits for it
     * @param lifeline the fifo that the supervisor listens at; null when that is its standard input
     * @param waiter whether the process only waits for the supervisor
     */
    OwnerHold(
            MachineSpec spec,
            CommandRunner runner,
            RunningCommand supervisor,
            Attachment network,
            Lifeline lifeline,
            boolean waiter) {
        this.spec = spec;
        this.runner = runner;
        this.supervisor = supervisor;
        this.network = network;
        this.lifeline = lifeline;
        this.waiter = waiter;
    }

    @Override
    public boolean isAlive() {
        return supervisor.isAlive();
    }

    @Override
    public CompletableFuture<Integer> ended() {
        return supervisor.ended().thenApply(CommandResult::status);
    }

    @Override
    public boolean isOwned() {
        return !kept;
    }

    @Override
    public void keep() {
        runner.run(Command.of("mkfifo", "--mode=600", spec.place().kept().toString()));
        if (lifeline == null) {
            keepByInput();
        } else {
            lifeline.keep();
        }
        kept = true;
        if (waiter) {
            supervisor.kill(); // nobody needs it any more
        }
    }

    private void keepByInput() {
        try {
            OutputStream input = supervisor.stdin();
            input.write(Lifeline.KEEP);
            input.flush();
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to keep machine " + spec.name() + ", but it has ended: " + e.getMessage() + ".", null, e);
        }
    }

    @Override
    public void kill(long leader) {
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

    @Override
    public void release() {
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
                    "Tried to take down the network of machine " + spec.name() + ", but: " + e.getMessage() + ".",
                    null,
                    e);
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
                    "Tried to remove machine " + spec.name() + ", but it is still there after " + REMOVAL.toSeconds()
                            + " s.",
                    "Look at process " + supervisor.pid() + ", which removes it.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new HarnessException("The supervisor of machine " + spec.name() + " was lost.", null, e.getCause());
        } finally {
            supervisor.close();
        }
    }
}
