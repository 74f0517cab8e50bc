package dev.racker.harness.acquire;

import dev.racker.harness.store.ArchiveWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of a saved image go. */
@FunctionalInterface
interface SaveSink {

    /** Takes a file of this size. */
    void file(String name, long size, InputStream content) throws IOException;

    /** Takes a small file. */
    default void file(String name, byte[] content) throws IOException {
        file(name, content.length, new ByteArrayInputStream(content));
    }

    /** Takes a file. */
    default void file(String name, Path content) throws IOException {
        try (InputStream in = Files.newInputStream(content)) {
            file(name, Files.size(content), in);
        }
    }

    /** Files become members of an archive. */
    static SaveSink archive(ArchiveWriter archive) {
        return archive::file;
    }

    /** Files go below a directory. */
    static SaveSink directory(Path directory) {
        return (name, size, content) -> {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.copy(content, file);
        };
    }
}
