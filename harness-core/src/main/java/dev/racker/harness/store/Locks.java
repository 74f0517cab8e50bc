package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Cancellation;
import dev.racker.harness.process.Cancellation.Registration;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Locks by kind and id, between threads and between processes; the end of a process, however it ends, frees its locks.
 *
 * <p>They are not re-entrant: a thread that asks again for what it holds waits for itself. The last user of a lock
 * removes its file. All threads of a process may share one instance or have their own.
 */
public final class Locks {

    private static final String SUFFIX = ".lock";
    private static final long FOREVER = Long.MAX_VALUE;

    private final Path directory;
    private final Cancellation cancellation;

    /** Keeps lock files in this directory, which is made when the first lock is. */
    public Locks(Path directory) {
        this(directory, new Cancellation());
    }

    /** The same, and another thread may give up the waiting. */
    Locks(Path directory, Cancellation cancellation) {
        this.cancellation = cancellation;
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** Waits for a lock that others may share. */
    public Lock shared(String kind, String id) {
        return acquire(kind, id, true, FOREVER);
    }

    /** Waits for a lock that nobody shares. */
    public Lock exclusive(String kind, String id) {
        return acquire(kind, id, false, FOREVER);
    }

    /** Waits at most this long; empty when the time has passed. */
    public Optional<Lock> shared(String kind, String id, Duration timeout) {
        return Optional.ofNullable(acquire(kind, id, true, timeout.toNanos()));
    }

    /** Waits at most this long; empty when the time has passed. */
    public Optional<Lock> exclusive(String kind, String id, Duration timeout) {
        return Optional.ofNullable(acquire(kind, id, false, timeout.toNanos()));
    }

    /** Takes the lock only when nobody holds it exclusively, without waiting. */
    public Optional<Lock> tryShared(String kind, String id) {
        return Optional.ofNullable(acquire(kind, id, true, 0));
    }

    /** Takes the lock only when nobody holds it, without waiting. */
    public Optional<Lock> tryExclusive(String kind, String id) {
        return Optional.ofNullable(acquire(kind, id, false, 0));
    }

    /** Removes the lock files that a killed process left; one that somebody holds stays. */
    void sweep() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.startsWith(LockFile.UNBORN)) {
                    Files.deleteIfExists(file);
                } else if (name.endsWith(SUFFIX)) {
                    Lock lock = acquire(file, false, 0);
                    if (lock != null) {
                        lock.close();
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw StoreFailures.of("remove old lock files from " + directory, e);
        }
    }

    private Lock acquire(String kind, String id, boolean shared, long nanos) {
        return acquire(directory.resolve(kind + "-" + FileNames.encode(id) + SUFFIX), shared, nanos);
    }

    private Lock acquire(Path file, boolean shared, long nanos) {
        try {
            // Who cleans up after the work was given up still waits for locks.
            return nanos == 0 || cancellation.isRequested()
                    ? LockFile.acquire(file, shared, nanos)
                    : acquireUnlessCancelled(file, shared, nanos);
        } catch (IOException e) {
            throw StoreFailures.of("lock " + file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while waiting for " + file + ".", null, e);
        }
    }

    @SuppressWarnings("try") // the registration is only held
    private Lock acquireUnlessCancelled(Path file, boolean shared, long nanos)
            throws IOException, InterruptedException {
        WaitingThread waiting = new WaitingThread();
        try (Registration registration = cancellation.onRequest(waiting::interrupt)) {
            return LockFile.acquire(file, shared, nanos);
        } catch (InterruptedException e) {
            cancellation.check();
            throw e;
        } finally {
            waiting.done();
        }
    }

    /** Interrupted only while it waits: its way out must not be disturbed. */
    private static final class WaitingThread {

        private final Thread thread = Thread.currentThread();
        private boolean waits = true;
        private boolean interrupted;

        synchronized void interrupt() {
            if (waits) {
                interrupted = true;
                thread.interrupt();
            }
        }

        synchronized void done() {
            waits = false;
            if (interrupted) {
                Thread.interrupted(); // the lock came first
            }
        }
    }
}
