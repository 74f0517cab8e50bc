package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScatteredDirectoryTest {

    @TempDir
    Path temporary;

    @Test
    void the_file_system_is_told_once_when_the_directory_is_made() throws IOException {
        List<String> commands = new ArrayList<>();
        Path directory = temporary.resolve("a/layers");
        ScatteredDirectory scattered = new ScatteredDirectory(new CommandRunner(commands::add));

        scattered.create(directory);
        scattered.create(directory);

        assertTrue(Files.isDirectory(directory));
        assertEquals(List.of("chattr +T -- " + directory), commands);
    }
}
