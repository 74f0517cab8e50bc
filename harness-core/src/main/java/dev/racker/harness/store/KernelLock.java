package dev.racker.harness.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock of the kernel on a file that its last user removes.
 *
 * <p>Who waits for a lock may get it on a file that its holder has just removed, while a third one locks a new file of
 * the same name. Java cannot ask an open file for its inode, but for its size: so each lock file is born with a random
 * size (it is sparse), and a lock counts only when the open file and the file of that name have the same.
 */
final class KernelLock {

    private static final long LARGEST = 1L << 36;
    private static final long AFTER_DEADLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path path;
    private final FileChannel channel;
    private FileLock lock;

    private KernelLock(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** Waits until the deadline in {@link System#nanoTime()}, or forever; gives null when it has passed. */
    static KernelLock acquire(Path path, boolean shared, long deadline) throws IOException, InterruptedException {
        while (true) {
            FileChannel channel = open(path);
            boolean kept = false;
            try {
                FileLock lock = lock(channel, shared, deadline);
                if (lock == null) {
                    return null;
                }
                if (isAt(path, channel)) {
                    kept = true;
                    return new KernelLock(path, channel, lock);
                }
            } finally {
                if (!kept) {
                    channel.close();
                }
            }
        }
    }

    /** Lets go, and removes the file unless another process uses it. */
    void release() {
        try (channel) {
            if (lock.isShared()) {
                lock.release();
                lock = channel.tryLock();
            }
            if (lock != null && isAt(path, channel)) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw StoreFailures.of("let go of the lock " + path, e);
        }
    }

    private static FileChannel open(Path path) throws IOException {
        while (true) {
            try {
                return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                create(path);
            }
        }
    }

    private static void create(Path path) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Path unborn = path.resolveSibling(LockFile.UNBORN + Long.toHexString(random.nextLong()));
        Files.createDirectories(path.getParent());
        try (FileChannel channel = FileChannel.open(unborn, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), random.nextLong(LARGEST));
        }
        try {
            Files.createLink(path, unborn);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            return; // Somebody else was faster, or has swept the directory: the caller looks again.
        } finally {
            Files.deleteIfExists(unborn);
        }
    }

    private static boolean isAt(Path path, FileChannel channel) throws IOException {
        try {
            return Files.size(path) == channel.size();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static FileLock lock(FileChannel channel, boolean shared, long deadline)
            throws IOException, InterruptedException {
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        while (lock == null && (deadline == Long.MAX_VALUE || LockFile.left(deadline) > 0)) {
            try {
                return deadline == Long.MAX_VALUE
                        ? channel.lock(0, Long.MAX_VALUE, shared)
                        : lockUntil(channel, shared, deadline);
            } catch (FileLockInterruptionException e) {
                throw new InterruptedException();
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("deadlock")) {
                    throw e;
                }
                // EDEADLK is a guess by process, wrong when other threads hold what is waited for; no event tells more.
                LockSupport.parkNanos(AFTER_DEADLOCK_NANOS);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            }
        }
        return lock;
    }

    /** Java has no lock with a deadline, but closing the channel ends the wait. */
    private static FileLock lockUntil(FileChannel channel, boolean shared, long deadline) throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        AtomicBoolean decided = new AtomicBoolean();
        Thread watch = new Thread(() -> closeAt(deadline, channel, over, decided), "lock-deadline");
        watch.setDaemon(true);
        watch.start();
        try {
            FileLock lock = channel.lock(0, Long.MAX_VALUE, shared);
            return decided.compareAndSet(false, true) ? lock : null;
        } catch (IOException e) {
            if (!decided.compareAndSet(false, true)) {
                return null;
            }
            throw e;
        } finally {
            over.countDown();
        }
    }

    private static void closeAt(long deadline, FileChannel channel, CountDownLatch over, AtomicBoolean decided) {
        try {
            boolean passed = !over.await(LockFile.left(deadline), TimeUnit.NANOSECONDS);
            if (passed && decided.compareAndSet(false, true)) {
                channel.close();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
