package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A directory that a user asked for and that is new, or was empty; it is removed again when it is not kept. */
final class OutputDirectory implements AutoCloseable {

    private final Path path;
    private boolean kept;

    private OutputDirectory(Path path) {
        this.path = path;
    }

    static OutputDirectory open(Path directory) {
        Path path = directory.toAbsolutePath();
        try {
            Files.createDirectories(path);
            try (DirectoryStream<Path> content = Files.newDirectoryStream(path)) {
                if (content.iterator().hasNext()) {
                    throw new HarnessException(
                            "Tried to save to " + directory + ", but it is not empty.",
                            "Name a directory that is not there yet.");
                }
            }
            return new OutputDirectory(path);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    Path path() {
        return path;
    }

    /** Says that all was written. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        if (kept) {
            return;
        }
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static HarnessException failure(Path path, IOException cause) {
        return new HarnessException(
                "Tried to write " + path + ", but: " + cause.getMessage() + ".",
                "Check the path and the free space.",
                cause);
    }
}
