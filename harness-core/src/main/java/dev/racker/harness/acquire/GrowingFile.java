package dev.racker.harness.acquire;

import dev.racker.harness.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that another program is still writing, read as it grows. Its end is the file's only when somebody has said that
 * it is whole; until then a reader waits there.
 */
final class GrowingFile extends InputStream {

    private final InputStream file;
    private final Object identity;
    private boolean whole;
    private boolean abandoned;
    private long changes;
    private long taken;
    private Progress.Task task;

    private GrowingFile(InputStream file, Object identity) {
        this.file = file;
        this.identity = identity;
    }

    /** Opens a file, which may get another name then. */
    static GrowingFile open(Path path) throws IOException {
        Object identity = identity(path);
        return new GrowingFile(Files.newInputStream(path), identity);
    }

    /** What stays the same when a file gets another name. */
    static Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    Object identity() {
        return identity;
    }

    /** Says that there may be more. */
    synchronized void grown() {
        changes++;
        notifyAll();
    }

    /** Says that nothing will be added any more. */
    synchronized void complete() {
        whole = true;
        notifyAll();
    }

    /** Has the reader fail. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    /** Tells a task how much was read so far, and all that is read from now on. */
    synchronized void report(Progress.Task newTask) {
        task = newTask;
        task.advance(taken);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            long before;
            boolean last;
            synchronized (this) {
                if (abandoned) {
                    throw new IOException("nobody wants it any more");
                }
                before = changes;
                last = whole; // asked first: what is at the end of a whole file is its end
            }
            int count = file.read(buffer, offset, length);
            if (count > 0 || last) {
                took(count);
                return count;
            }
            await(before);
        }
    }

    private synchronized void took(int count) {
        if (count > 0) {
            taken += count;
            if (task != null) {
                task.advance(count);
            }
        }
    }

    private synchronized void await(long before) throws IOException {
        try {
            while (changes == before && !whole && !abandoned) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a file was still written", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
