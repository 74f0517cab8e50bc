package dev.racker.harness.acquire;

import dev.racker.harness.image.Platform;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.RunningCommand;
import dev.racker.harness.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings the blobs of one image into the store with skopeo, and watches the files grow: skopeo itself tells of whole
 * blobs only, and waits for ever for a registry that falls silent.
 */
final class BlobCopy {

    private static final long TICK_MILLIS = 200;

    private final Skopeo skopeo;
    private final Duration longestSilence;

    BlobCopy(Skopeo skopeo, Duration longestSilence) {
        this.skopeo = skopeo;
        this.longestSilence = longestSilence;
    }

    /**
     * What to copy.
     *
     * @param source in the form of containers-transports(5)
     * @param label how it is called in progress and messages
     * @param total what the layers take; 0 when nobody knows
     */
    record Job(String source, String label, long total, Platform platform, RegistryOptions options) {

        /** The same image by another reference, of which the size is known now. */
        Job of(String newSource, long newTotal) {
            return new Job(newSource, label, newTotal, platform, options);
        }

        private String activity() {
            return (source.startsWith("docker://") ? "Downloading " : "Copying ") + label;
        }
    }

    /** Starts to copy one image into a fresh layout with shared blobs. */
    RunningCommand start(Job job, Skopeo.CopyTarget target) {
        return skopeo.copy(job.source(), target, job.platform(), job.options());
    }

    /**
     * Waits for the end of a copy.
     *
     * @return what skopeo said when it ended, well or not
     * @throws RegistryException when nothing arrives for too long
     */
    CommandResult await(RunningCommand running, Job job, Skopeo.CopyTarget target, Progress progress) {
        long total = job.total() > 0 ? job.total() : -1;
        try (Progress.Task task = progress.begin(job.activity(), total)) {
            CommandResult result = watch(running, new Arrival(target.layout()), job, task);
            if (result.status() == 0) {
                task.finish();
            }
            return result;
        }
    }

    private CommandResult watch(RunningCommand running, Arrival arrival, Job job, Progress.Task task) {
        long seen = 0;
        long lastGrowth = System.nanoTime();
        while (true) {
            try {
                CommandResult result = running.ended().get(TICK_MILLIS, TimeUnit.MILLISECONDS);
                task.advance(Math.max(0, job.total() - seen)); // what was here before, or too quick to be seen
                return result;
            } catch (TimeoutException e) {
                long now = arrival.bytes();
                if (now > seen) {
                    task.advance(now - seen);
                    seen = now;
                    lastGrowth = System.nanoTime();
                } else if (System.nanoTime() - lastGrowth > longestSilence.toNanos()) {
                    throw RegistryFailures.stalled(job.label(), longestSilence.toSeconds());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw RegistryFailures.interrupted(job.label(), e);
            } catch (ExecutionException e) {
                throw RegistryFailures.interrupted(job.label(), e.getCause());
            }
        }
    }

    /** How much has arrived: skopeo fills a file in the layout for each blob, and moves it away when it is whole. */
    private static final class Arrival {

        private final Path layout;
        private final Map<Path, Long> sizes = new HashMap<>();

        Arrival(Path layout) {
            this.layout = layout;
        }

        long bytes() {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(layout, EarlyLayers.UNFINISHED + "*")) {
                for (Path file : files) {
                    sizes.merge(file, size(file), Math::max);
                }
            } catch (NoSuchFileException e) {
                return 0; // skopeo has not made the layout yet
            } catch (DirectoryIteratorException e) {
                throw new UncheckedIOException(e.getCause());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            long sum = 0;
            for (long size : sizes.values()) {
                sum += size;
            }
            return sum;
        }

        private static long size(Path file) throws IOException {
            try {
                return Files.size(file);
            } catch (NoSuchFileException e) {
                return 0;
            }
        }
    }
}
