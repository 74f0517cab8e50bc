package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {

    @TempDir
    private Path directory;

    @AfterEach
    void no_directory_is_named() {
        System.clearProperty(Script.DIRECTORY);
    }

    @Test
    void it_is_on_the_class_path() {
        assertTrue(new String(Script.read("supervise.sh"), StandardCharsets.UTF_8).startsWith("# Holds one machine"));
    }

    @Test
    void a_directory_that_is_named_comes_first() throws Exception {
        byte[] other = {'#', '\n'};
        Files.write(directory.resolve("supervise.sh"), other);
        System.setProperty(Script.DIRECTORY, directory.toString());

        assertArrayEquals(other, Script.read("supervise.sh"));
    }

    @Test
    void one_that_is_missing_there_is_told() {
        System.setProperty(Script.DIRECTORY, directory.toString());

        HarnessException failure = assertThrows(HarnessException.class, () -> Script.read("supervise.sh"));
        assertEquals("Tried to read supervise.sh of this program, but it is damaged.", failure.getMessage());
    }
}
