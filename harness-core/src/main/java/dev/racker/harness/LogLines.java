package dev.racker.harness;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Lines of a container's log, as {@link LogLine} reads them, of what it prints; closing it ends an unfinished one. */
final class LogLines extends FilterOutputStream {

    /** What logger(1) is told, too: longer lines are broken. */
    private static final int LONGEST = 32 * 1024;

    private final Clock clock;
    private final boolean error;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

    /**
     * Takes where the lines go.
     *
     * @param log gets whole lines, those of a call at once
     * @param error whether they are printed to standard error
     */
    LogLines(OutputStream log, Clock clock, boolean error) {
        super(log);
        this.clock = clock;
        this.error = error;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteArrayOutputStream finished = new ByteArrayOutputStream(length + 128);
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                finish(finished);
            } else {
                if (unfinished.size() == LONGEST) {
                    finish(finished);
                }
                unfinished.write(bytes[i]);
            }
        }
        out.write(finished.toByteArray());
    }

    private void finish(ByteArrayOutputStream finished) throws IOException {
        finished.write(LogLine.start(clock.instant(), error).getBytes(StandardCharsets.US_ASCII));
        unfinished.writeTo(finished);
        finished.write('\n');
        unfinished.reset();
    }

    @Override
    public void close() throws IOException {
        try (OutputStream log = out) {
            if (unfinished.size() > 0) {
                ByteArrayOutputStream finished = new ByteArrayOutputStream();
                finish(finished);
                log.write(finished.toByteArray());
            }
        }
    }
}
