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
        byte[] start = start();
        ByteArrayOutputStream finished = new ByteArrayOutputStream(length + 128);
        int end = offset + length;
        int from = offset;
        while (from < end) {
            int to = endOfLine(bytes, from, Math.min(end, from + LONGEST - unfinished.size()));
            unfinished.write(bytes, from, to - from);
            boolean whole = to < end && bytes[to] == '\n';
            if (whole || unfinished.size() == LONGEST && to < end) {
                finish(start, finished);
            }
            from = whole ? to + 1 : to;
        }
        out.write(finished.toByteArray());
    }

    private byte[] start() {
        return LogLine.start(clock.instant(), error).getBytes(StandardCharsets.US_ASCII);
    }

    private static int endOfLine(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private void finish(byte[] start, ByteArrayOutputStream finished) throws IOException {
        finished.write(start);
        unfinished.writeTo(finished);
        finished.write('\n');
        unfinished.reset();
    }

    @Override
    public void close() throws IOException {
        try (OutputStream log = out) {
            if (unfinished.size() > 0) {
                ByteArrayOutputStream finished = new ByteArrayOutputStream();
                finish(start(), finished);
                log.write(finished.toByteArray());
            }
        }
    }
}
