package dev.racker.harness.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** Writes a stream to a program's standard input, beside the thread that reads what the program makes of it. */
final class Feeder implements AutoCloseable {

    private final InputStream from;
    private final CompletableFuture<Throwable> sourceFailure = new CompletableFuture<>();

    private Feeder(InputStream from) {
        this.from = from;
    }

    static Feeder start(InputStream from, OutputStream to, String name) {
        Feeder feeder = new Feeder(from);
        Thread thread = new Thread(() -> feeder.copy(to), name);
        thread.setDaemon(true);
        thread.start();
        return feeder;
    }

    private void copy(OutputStream to) {
        byte[] buffer = new byte[1 << 16];
        Throwable failure = null;
        try (to) {
            int count = read(buffer);
            while (count >= 0) {
                to.write(buffer, 0, count);
                count = read(buffer);
            }
        } catch (SourceFailure e) {
            failure = e.getCause();
        } catch (IOException e) {
            // The program has stopped reading, and its exit status tells why; but the source comes first.
            failure = drain(buffer);
        } finally {
            sourceFailure.complete(failure);
        }
    }

    private Throwable drain(byte[] buffer) {
        try {
            while (read(buffer) >= 0) {
                // A source that verifies its content can tell only at its end what is wrong.
            }
            return null;
        } catch (SourceFailure e) {
            return e.getCause();
        }
    }

    private int read(byte[] buffer) throws SourceFailure {
        try {
            return from.read(buffer);
        } catch (IOException | RuntimeException e) {
            throw new SourceFailure(e);
        }
    }

    /** Waits for the source's end and says what went wrong with it; null when nothing did. */
    Throwable failure() {
        return sourceFailure.join();
    }

    @Override
    public void close() throws IOException {
        from.close();
    }

    /** Tells a failure to read from a failure to write. */
    private static final class SourceFailure extends IOException {
        private static final long serialVersionUID = 1L;

        SourceFailure(Throwable cause) {
            super(cause);
        }
    }
}
