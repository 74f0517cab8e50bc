package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSizesTest {

    @TempDir
    private Path directory;

    @Test
    void directories_and_empty_files_hold_nothing() throws IOException {
        Files.createDirectories(directory.resolve("a/b"));
        Files.createFile(directory.resolve("a/empty"));

        assertEquals(0, FileSizes.below(directory));
        assertEquals(0, FileSizes.below(directory.resolve("nowhere")));
    }

    @Test
    void a_file_counts_by_its_length_and_once_however_many_names_it_has() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "12345");
        Files.createLink(Files.createDirectory(directory.resolve("deep")).resolve("again"), file);
        Files.writeString(directory.resolve("deep/other"), "678");

        assertEquals(8, FileSizes.below(directory));
    }

    @Test
    void a_link_counts_by_its_own_length_and_is_not_followed() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside"), "x".repeat(1000));
        Path inside = Files.createDirectory(directory.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("link"), Path.of("../outside"));
        Files.createSymbolicLink(inside.resolve("back"), Path.of(".."));

        assertEquals("../outside".length() + "..".length(), FileSizes.below(inside));
        assertEquals(1000, Files.size(outside));
    }
}
