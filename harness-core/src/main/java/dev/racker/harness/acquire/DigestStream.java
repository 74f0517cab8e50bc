package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.process.RunningCommand;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream that hands what is read from it to a program as well, which computes its SHA-256 digest. */
final class DigestStream extends FilterInputStream {

    private static final int BUFFER = 1 << 17;

    private final RunningCommand program;
    private final OutputStream copy;
    private boolean ended;

    DigestStream(InputStream in, RunningCommand program) {
        super(in);
        this.program = program;
        this.copy = program.stdin();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended) {
            return -1; // a program's stream is closed under its reader once it has ended
        }
        int n = super.read(buffer, offset, length);
        if (n < 0) {
            ended = true;
        } else {
            copy.write(buffer, offset, n);
        }
        return n;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(0, count))];
        long left = count;
        while (left > 0) {
            int n = read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                break;
            }
            left -= n;
        }
        return count - left;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads what is left, and gives the digest of everything; to be called once. */
    Digest finish() throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (read(buffer, 0, buffer.length) >= 0) {
            continue;
        }
        copy.close();
        return DigestProgram.digest(program.await());
    }

    /** Ends the program, which after {@link #finish()} has ended already. */
    @Override
    public void close() throws IOException {
        try {
            program.close();
        } finally {
            super.close();
        }
    }
}
