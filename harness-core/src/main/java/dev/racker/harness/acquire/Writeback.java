package dev.racker.harness.acquire;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Has the kernel bring to disk what is unpacked, beside the unpacking: left to itself it begins half a minute later, and
 * whoever waits for the disk in the end waits for all of it.
 */
final class Writeback {

    private static final long STEP = 64L << 20;

    private final CommandRunner runner;
    private final AtomicLong unwritten = new AtomicLong(); // by all streams, since the last time
    private RunningCommand running;

    Writeback(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * A stream that, now and then, has the file system written on which {@code directory} is; it owns {@code in}. What is
     * read from other streams at the same time counts, too.
     */
    InputStream beside(InputStream in, Path directory) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                return count(super.read(), 1);
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                return count(read, read);
            }

            private int count(int result, int bytes) {
                if (unwritten.addAndGet(Math.max(0, bytes)) >= STEP) {
                    begin(directory);
                }
                return result;
            }
        };
    }

    private synchronized void begin(Path directory) {
        if (unwritten.get() < STEP || running != null && running.isAlive()) {
            return;
        }
        finish();
        unwritten.set(0);
        running = runner.start(command(directory));
    }

    /** Ends what is going on; what is not on disk then is left to others. */
    synchronized void finish() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    static Command command(Path directory) {
        return Command.of("sync", "-f", directory.toString()).expectAny();
    }
}
