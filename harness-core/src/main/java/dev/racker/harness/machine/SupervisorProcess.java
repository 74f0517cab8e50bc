package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The supervisor of a machine that another process has started.
 *
 * <p>Nothing tells Java that a process has ended which is not its child; it looks every 300 ms and less often, and takes a
 * process for alive until its parent has asked about it. This looks more often, the less the longer it has waited, and
 * asks no parent.
 */
final class SupervisorProcess {

    private static final long SHORTEST_MILLIS = 4;
    private static final long LONGEST_MILLIS = 250;

    private final ProcessHandle process;
    private final Path executable;
    private CompletableFuture<Integer> ended;

    SupervisorProcess(ProcessHandle process) {
        this.process = process;
        this.executable = Path.of("/proc/" + process.pid() + "/exe");
    }

    /** Its process id. */
    long pid() {
        return process.pid();
    }

    /** Says whether it runs; proc(5): what has ended has no exe any more, even when nobody has asked about it yet. */
    boolean isAlive() {
        try {
            Files.readSymbolicLink(executable);
            return process.isAlive(); // and not another one with its id
        } catch (IOException e) {
            return false;
        }
    }

    /** Completes with -1 when it has ended, since its exit status is for its parent alone. */
    synchronized CompletableFuture<Integer> ended() {
        if (ended == null) {
            ended = new CompletableFuture<>();
            Thread thread = new Thread(this::await, "machine's end");
            thread.setDaemon(true);
            thread.start();
        }
        return ended;
    }

    private void await() {
        long begin = System.nanoTime();
        try {
            while (isAlive()) {
                long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                TimeUnit.MILLISECONDS.sleep(Math.max(SHORTEST_MILLIS, Math.min(LONGEST_MILLIS, waited / 8)));
            }
            ended.complete(-1);
        } catch (InterruptedException e) {
            ended.completeExceptionally(e);
        }
    }

    /** Waits until it has ended; gives false when it has not within this time. */
    boolean endsWithin(Duration time) {
        try {
            ended().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException e) {
            throw new HarnessException("The supervisor of a machine was lost.", null, e.getCause());
        }
    }
}
