package dev.racker.harness.acquire;

import dev.racker.harness.progress.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that tells a task how much was read from it. */
final class ProgressStream extends FilterInputStream {

    private final Progress.Task task;

    ProgressStream(InputStream in, Progress.Task task) {
        super(in);
        this.task = task;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
            task.advance(1);
        }
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        if (n > 0) {
            task.advance(n);
        }
        return n;
    }
}
