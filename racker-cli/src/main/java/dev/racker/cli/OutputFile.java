package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a user asked for, written whole or not at all; what is no plain file, such as a pipe, is written as it is. */
final class OutputFile implements AutoCloseable {

    private final Path target;
    private final Path temporary; // the target itself when that is no plain file
    private final OutputStream stream;

    private OutputFile(Path target, Path temporary, OutputStream stream) {
        this.target = target;
        this.temporary = temporary;
        this.stream = stream;
    }

    static OutputFile open(Path file) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            boolean isSpecial = Files.exists(target) && !Files.isRegularFile(target);
            if (Files.isDirectory(target)) {
                throw new IOException("it is a directory");
            }
            Path temporary = isSpecial
                    ? target
                    : target.resolveSibling("." + target.getFileName() + "."
                            + ProcessHandle.current().pid());
            return new OutputFile(target, temporary, new BufferedOutputStream(Files.newOutputStream(temporary)));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    OutputStream stream() {
        return stream;
    }

    /** Says that all was written; without it, closing leaves what was there before. */
    void keep() {
        try {
            stream.close();
            if (!temporary.equals(target)) {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    @Override
    public void close() {
        try {
            if (temporary.equals(target)) {
                stream.close();
                return;
            }
            try {
                stream.close();
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    private static HarnessException failure(Path file, IOException cause) {
        String problem =
                cause.getMessage().equals(file.toString()) ? "its directory does not exist" : cause.getMessage();
        return new HarnessException(
                "Tried to write " + file + ", but " + problem + ".", "Check the path and the free space.", cause);
    }
}
