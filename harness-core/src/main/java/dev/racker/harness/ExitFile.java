package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The file that a supervisor writes a container's end to, open, so that it can be read when the container is gone. */
final class ExitFile implements AutoCloseable {

    private final RandomAccessFile file;

    private ExitFile(RandomAccessFile file) {
        this.file = file;
    }

    static ExitFile open(Path path) {
        try {
            return new ExitFile(new RandomAccessFile(path.toFile(), "r"));
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + path + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    /** The exit status; empty as long as there is none. */
    Optional<Integer> read() {
        try {
            byte[] bytes = new byte[(int) file.length()];
            file.seek(0);
            file.readFully(bytes);
            String[] words =
                    new String(bytes, StandardCharsets.US_ASCII).strip().split(" ");
            return words[0].isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(words[0]));
        } catch (IOException | NumberFormatException e) {
            throw new HarnessException("Tried to read how a container ended, but: " + e.getMessage() + ".", null, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new HarnessException("Tried to let go of a container, but: " + e.getMessage() + ".", null, e);
        }
    }
}
