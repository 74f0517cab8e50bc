package dev.racker.postroj;

import dev.racker.harness.Images;
import dev.racker.harness.acquire.PullRequest;
import dev.racker.harness.acquire.PullResult;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Several pulls at the same time, each told by the name of its image; one that fails stops no other. */
final class Pulls {

    private final Images images;
    private final Progress progress;
    private final BooleanSupplier interrupted;

    /**
     * Prepares pulls.
     *
     * @param interrupted says whether a signal has come: what fails then has failed because of it
     */
    Pulls(Images images, Progress progress, BooleanSupplier interrupted) {
        this.images = images;
        this.progress = progress;
        this.interrupted = interrupted;
    }

    /** Pulls all of them and makes them bootable; the results are in the order of the requests. */
    List<Pulled> run(List<PullRequest> requests, int jobs) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(jobs, Math.max(1, requests.size())));
        try {
            List<Pulled> pulled = new ArrayList<>();
            for (Future<Pulled> one :
                    threads.invokeAll(requests.stream().map(this::pull).toList())) {
                pulled.add(one.get());
            }
            return pulled;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while images were pulled.", null, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause()); // an Error: exceptions are results
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Pulled> pull(PullRequest request) {
        return () -> {
            String label = request.reference().toString();
            Progress named = new NamedProgress(label, progress);
            long start = System.nanoTime();
            PullResult result = null;
            RuntimeException failure = null;
            boolean cutOff = false;
            try {
                result = images.pull(request, named);
                images.bootable(result.image(), named);
            } catch (RuntimeException e) {
                failure = e;
                cutOff = interrupted.getAsBoolean();
                named.note(cutOff ? "interrupted" : "failed");
            }
            return new Pulled(label, result, failure, cutOff, Duration.ofNanos(System.nanoTime() - start));
        };
    }

    /** Says whose progress it is. */
    private record NamedProgress(String label, Progress progress) implements Progress {

        @Override
        public Task begin(String what, long total) {
            return progress.begin(label + ": " + what, total);
        }

        @Override
        public void note(String line) {
            progress.note(label + ": " + line);
        }
    }
}
