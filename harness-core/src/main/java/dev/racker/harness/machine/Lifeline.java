package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The fifo that a supervisor reads to its end, which comes when this process closes it or dies. */
final class Lifeline implements AutoCloseable {

    /** The line that lets a machine outlive its lifeline. */
    static final byte[] KEEP = "keep\n".getBytes(StandardCharsets.US_ASCII);

    private final RandomAccessFile fifo;

    private Lifeline(RandomAccessFile fifo) {
        this.fifo = fifo;
    }

    /** Makes the fifo and holds it; opened for writing alone it would wait for its reader (fifo(7)). */
    static Lifeline create(CommandRunner runner, Path path) {
        runner.run(Command.of("mkfifo", "--mode=600", path.toString()));
        try {
            return new Lifeline(new RandomAccessFile(path.toFile(), "rw"));
        } catch (IOException e) {
            throw new HarnessException("Tried to open " + path + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    /** Tells the supervisor not to mind the end. */
    void keep() {
        try {
            fifo.write(KEEP);
        } catch (IOException e) {
            throw new HarnessException("Tried to keep a machine, but: " + e.getMessage() + ".", null, e);
        }
    }

    @Override
    public void close() {
        try {
            fifo.close();
        } catch (IOException e) {
            throw new HarnessException("Tried to let go of a machine, but: " + e.getMessage() + ".", null, e);
        }
    }
}
