package dev.racker.harness.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock file as this process sees it.
 *
 * <p>The kernel keeps such locks for a whole process, and drops them all when any descriptor of the file is closed
 * (fcntl(2)). So a process may open each lock file only once, and its threads must agree among themselves first. What
 * they agree by is therefore kept for the process too, in the only static field of its kind.
 */
final class LockFile {

    /** How the names of lock files start that have no place yet. */
    static final String UNBORN = ".new-";

    private static final Map<Path, LockFile> OF_THIS_PROCESS = new HashMap<>();

    private final Path path;

    /** As many as may share; who takes all is alone. */
    private static final int ALL = 1 << 20;

    /** Not bound to threads, so that a shutdown hook may close what another thread took. */
    private final Semaphore threads = new Semaphore(ALL, true);

    private final ReentrantLock sharing = new ReentrantLock();
    private int users;
    private int sharers;
    private KernelLock kernel;

    private LockFile(Path path) {
        this.path = path;
    }

    /** Waits up to {@code nanos}, forever when that is the largest number; gives null when the time has passed. */
    static Lock acquire(Path path, boolean shared, long nanos) throws IOException, InterruptedException {
        long deadline = nanos == Long.MAX_VALUE ? nanos : System.nanoTime() + nanos;
        LockFile file = use(path);
        Lock lock = null;
        try {
            lock = shared ? file.share(deadline) : file.own(deadline);
            return lock;
        } finally {
            if (lock == null) {
                file.unuse();
            }
        }
    }

    private static LockFile use(Path path) {
        synchronized (OF_THIS_PROCESS) {
            LockFile file = OF_THIS_PROCESS.get(path);
            if (file == null) {
                file = new LockFile(path);
                OF_THIS_PROCESS.put(path, file);
            }
            file.users++;
            return file;
        }
    }

    private void unuse() {
        synchronized (OF_THIS_PROCESS) {
            if (--users == 0) {
                OF_THIS_PROCESS.remove(path);
            }
        }
    }

    private boolean enter(int permits, long deadline) throws InterruptedException {
        if (deadline == Long.MAX_VALUE) {
            threads.acquire(permits);
            return true;
        }
        return threads.tryAcquire(permits, left(deadline), TimeUnit.NANOSECONDS);
    }

    private Lock own(long deadline) throws IOException, InterruptedException {
        if (!enter(ALL, deadline)) {
            return null;
        }
        KernelLock taken = null;
        try {
            taken = KernelLock.acquire(path, false, deadline);
            kernel = taken;
        } finally {
            if (taken == null) {
                threads.release(ALL);
            }
        }
        return taken == null ? null : new Held(this, false);
    }

    private Lock share(long deadline) throws IOException, InterruptedException {
        if (!enter(1, deadline)) {
            return null;
        }
        boolean taken = false;
        try {
            taken = joinSharers(deadline);
        } finally {
            if (!taken) {
                threads.release(1);
            }
        }
        return taken ? new Held(this, true) : null;
    }

    /** The first of the sharers takes the kernel's lock for all of them. */
    private boolean joinSharers(long deadline) throws IOException, InterruptedException {
        if (deadline == Long.MAX_VALUE) {
            sharing.lockInterruptibly();
        } else if (!sharing.tryLock(left(deadline), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            if (sharers == 0) {
                kernel = KernelLock.acquire(path, true, deadline);
            }
            if (kernel == null) {
                return false;
            }
            sharers++;
            return true;
        } finally {
            sharing.unlock();
        }
    }

    private void release(boolean shared) {
        try {
            if (shared) {
                leaveSharers();
            } else {
                KernelLock taken = kernel;
                kernel = null;
                taken.release();
            }
        } finally {
            threads.release(shared ? 1 : ALL);
            unuse();
        }
    }

    private void leaveSharers() {
        sharing.lock();
        try {
            if (--sharers == 0) {
                KernelLock taken = kernel;
                kernel = null;
                taken.release();
            }
        } finally {
            sharing.unlock();
        }
    }

    static long left(long deadline) {
        return Math.max(0, deadline - System.nanoTime());
    }

    /** One use of the lock. */
    private static final class Held implements Lock {
        private final LockFile file;
        private final boolean shared;
        private boolean closed;

        Held(LockFile file, boolean shared) {
            this.file = file;
            this.shared = shared;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                file.release(shared);
            }
        }
    }
}
