package dev.racker.harness.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Locks by kind and id, between threads and between processes; the end of a process, however it ends, frees its locks.
 *
 * <p>They are not re-entrant: a thread that asks again for what it holds waits for itself.
 */
public final class Locks {

    private final Path directory;

    /** Keeps lock files in this directory, which is made when the first lock is. */
    public Locks(Path directory) {
        this.directory = directory;
    }

    /** Waits for a lock that others may share. */
    public Lock shared(String kind, String id) {
        throw new UnsupportedOperationException(directory.toString());
    }

    /** Waits for a lock that nobody shares. */
    public Lock exclusive(String kind, String id) {
        throw new UnsupportedOperationException();
    }

    /** Waits at most this long; empty when the time has passed. */
    public Optional<Lock> shared(String kind, String id, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    /** Waits at most this long; empty when the time has passed. */
    public Optional<Lock> exclusive(String kind, String id, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    /** Takes the lock only when nobody holds it exclusively, without waiting. */
    public Optional<Lock> tryShared(String kind, String id) {
        throw new UnsupportedOperationException();
    }

    /** Takes the lock only when nobody holds it, without waiting. */
    public Optional<Lock> tryExclusive(String kind, String id) {
        throw new UnsupportedOperationException();
    }
}
