package dev.racker.harness.acquire;

import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What a program makes of a stream: a thread feeds the program, the reader takes what it writes. */
final class FilteredStream extends InputStream {

    private static final int BUFFER = 1 << 17;

    private final InputStream source;
    private final RunningCommand program;
    private final Thread feeder;
    private volatile Exception readFailure;
    private boolean ended;

    FilteredStream(InputStream source, RunningCommand program) {
        this.source = source;
        this.program = program;
        this.feeder = new Thread(this::feed, "feed-" + program.pid());
        feeder.setDaemon(true);
        feeder.start();
    }

    private void feed() {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = program.stdin()) {
            for (int n = readSource(buffer); n >= 0; n = readSource(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException | RuntimeException e) {
            // A broken pipe means that the program has ended; its exit status, looked at by the reader, says why.
            if (readFailure != null) {
                program.kill();
            }
        }
    }

    private int readSource(byte[] buffer) throws IOException {
        try {
            return source.read(buffer);
        } catch (IOException | RuntimeException e) {
            readFailure = e;
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        int n = program.stdout().read(buffer, offset, length);
        if (n < 0) {
            ended = true;
            end();
        }
        return n;
    }

    private void end() throws IOException {
        joinFeeder();
        if (readFailure instanceof RuntimeException e) {
            throw e;
        }
        if (readFailure != null) {
            throw (IOException) readFailure;
        }
        CommandResult result = program.await();
        if (result.status() != 0) {
            String said = result.errorText();
            throw new IOException(said.isEmpty() ? "it cannot be decompressed" : said);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            program.stdout().close();
            program.close();
            joinFeeder();
        } finally {
            source.close();
        }
    }

    private void joinFeeder() throws IOException {
        try {
            feeder.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
