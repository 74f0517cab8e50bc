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
            // The program has stopped reading: its exit status tells why.
            failure = null;
        } finally {
            sourceFailure.complete(failure);
        }
    }

    private int read(byte[] buffer) throws SourceFailure {
        try {
            return from.read(buffer);
        } catch (IOException | RuntimeException e) {
            throw new SourceFailure(e);
        }
    }

    /**
     * What went wrong with the source; null when nothing did. Waits for the source's end when the program is {@code
     * content}, because a source may report its failure (a wrong digest) only there.
     */
    Throwable failure(boolean content) {
        return content ? sourceFailure.join() : sourceFailure.getNow(null);
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
