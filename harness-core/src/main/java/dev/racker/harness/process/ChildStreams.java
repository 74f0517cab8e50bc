package dev.racker.harness.process;

import dev.racker.harness.process.Command.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.exec.PumpStreamHandler;

/** Connects a child's pipes: captured ones are pumped into memory, piped ones are handed to the holder. */
final class ChildStreams extends PumpStreamHandler {

    private final Command command;
    private final CountDownLatch connected;
    private final ByteArrayOutputStream captured;
    private final ByteArrayOutputStream capturedError;
    private OutputStream stdin = OutputStream.nullOutputStream();
    private Drained stdout;
    private Drained stderr;

    private ChildStreams(
            Command command,
            CountDownLatch connected,
            ByteArrayOutputStream out,
            ByteArrayOutputStream error,
            InputStream in) {
        super(out, error, in);
        this.command = command;
        this.connected = connected;
        this.captured = out;
        this.capturedError = error;
    }

    /** Makes the streams of one child; {@code connected} is counted down once its pipes are in place. */
    static ChildStreams of(Command command, CountDownLatch connected) {
        byte[] bytes = command.input().bytes();
        return new ChildStreams(
                command,
                connected,
                new ByteArrayOutputStream(),
                new ByteArrayOutputStream(),
                bytes == null ? null : new ByteArrayInputStream(bytes));
    }

    @Override
    public void setProcessInputStream(OutputStream stream) {
        if (command.input().piped()) {
            stdin = stream;
        } else {
            super.setProcessInputStream(stream);
        }
    }

    @Override
    public void setProcessOutputStream(InputStream stream) {
        if (command.output().kind() == Output.Kind.PIPE) {
            stdout = new Drained(stream);
        } else if (command.output().kind() == Output.Kind.CAPTURE) {
            super.setProcessOutputStream(stream);
        }
    }

    @Override
    public void setProcessErrorStream(InputStream stream) {
        if (command.error().kind() == Output.Kind.PIPE) {
            stderr = new Drained(stream);
        } else if (command.error().kind() == Output.Kind.CAPTURE) {
            super.setProcessErrorStream(stream);
        }
    }

    @Override
    public void start() {
        super.start();
        connected.countDown();
    }

    /** Waits until the holder has read the pipes to their end: the executor closes them when this returns. */
    @Override
    public void stop() throws IOException {
        super.stop();
        if (stdout != null) {
            stdout.await();
        }
        if (stderr != null) {
            stderr.await();
        }
    }

    /** Lets {@link #stop()} go on: the holder will not read the pipes any more. */
    void abandon() {
        if (stdout != null) {
            stdout.done.countDown();
        }
        if (stderr != null) {
            stderr.done.countDown();
        }
    }

    OutputStream stdin() {
        return stdin;
    }

    InputStream stdout() {
        return stdout;
    }

    InputStream stderr() {
        return stderr;
    }

    byte[] captured() {
        return captured.toByteArray();
    }

    byte[] capturedError() {
        return capturedError.toByteArray();
    }

    /** A stream that knows when its reader is done with it; it stays at its end although the executor closes it then. */
    private static final class Drained extends FilterInputStream {
        private final CountDownLatch done = new CountDownLatch(1);
        private boolean atEnd;

        Drained(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return atEnd ? -1 : ended(super.read());
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return atEnd ? -1 : ended(super.read(buffer, offset, length));
        }

        private int ended(int result) {
            if (result < 0) {
                atEnd = true;
                done.countDown();
            }
            return result;
        }

        @Override
        public void close() throws IOException {
            done.countDown();
            super.close();
        }

        void await() throws IOException {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while a pipe was still read", e);
            }
        }
    }
}
