package dev.racker.harness.acquire;

import dev.racker.harness.progress.Progress;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that tells a task how much was written to it. */
final class ProgressOutput extends FilterOutputStream {

    private final Progress.Task task;

    ProgressOutput(OutputStream out, Progress.Task task) {
        super(out);
        this.task = task;
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        task.advance(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        task.advance(length);
    }
}
