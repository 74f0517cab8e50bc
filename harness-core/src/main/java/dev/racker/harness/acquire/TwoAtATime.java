package dev.racker.harness.acquire;

import dev.racker.harness.error.HarnessException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Two threads that take work in order; closing it waits until both have stopped. */
final class TwoAtATime implements AutoCloseable {

    private final ExecutorService threads;
    private volatile boolean failed;

    TwoAtATime(int most) {
        this.threads = Executors.newFixedThreadPool(Math.min(2, most));
    }

    /** Does this after what was submitted before has begun; completes {@code result} either way. */
    <T> void submit(CompletableFuture<T> result, Callable<T> work) {
        threads.execute(() -> {
            try {
                if (failed) {
                    throw new HarnessException("Another part of the same work failed.", null);
                }
                result.complete(work.call());
            } catch (Exception | Error e) {
                failed = true;
                result.completeExceptionally(e);
            }
        });
    }

    /**
     * Waits for one. Whoever waits for all in the order of submission is thrown the first failure that was not caused by
     * another one.
     */
    <T> T await(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new HarnessException("Tried to unpack, but: " + e.getCause(), null, e.getCause());
        }
    }

    @Override
    public void close() {
        end(threads);
    }

    /** Waits until all that was submitted has ended. */
    static void end(ExecutorService threads) {
        threads.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
                threads.shutdownNow();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
