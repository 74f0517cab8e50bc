package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file whole or not at all: beside its place, flushed, then renamed; and the directory flushed after it. */
public final class AtomicFiles {

    private static final int ATTEMPTS = 20;

    private AtomicFiles() {}

    /**
     * Writes a file; its directory is made when it is missing.
     *
     * @throws HarnessException when it cannot be written; what was there before is untouched then
     */
    public static void write(Path file, byte[] content) {
        for (int attempt = 1; ; attempt++) {
            try {
                writeOnce(file, content);
                return;
            } catch (NoSuchFileException e) {
                // A sweep took the temporary file for a dead process's, or somebody removed the directory.
                if (attempt == ATTEMPTS) {
                    throw StoreFailures.of("write " + file, e);
                }
            } catch (IOException e) {
                throw StoreFailures.of("write " + file, e);
            }
        }
    }

    private static void writeOnce(Path file, byte[] content) throws IOException {
        Path directory = file.getParent();
        Files.createDirectories(directory);
        Path temporary = Files.createTempFile(directory, StorePaths.TEMPORARY_PREFIX, "");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            flush(directory);
        } catch (IOException e) {
            removeAfter(e, temporary);
            throw e;
        }
    }

    private static void removeAfter(IOException failure, Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Makes a rename or removal in a directory last (fsync(2): the directory needs its own). */
    static void flush(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
