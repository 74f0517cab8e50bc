package dev.racker.harness.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisksTest {

    @TempDir
    Path directory;

    private final Disks disks = new Disks(new CommandRunner());

    @Test
    void files_are_counted_as_the_space_they_take() throws IOException {
        Files.write(directory.resolve("a file"), new byte[1_000_000]);
        DiskUsage usage = measure(directory);
        assertTrue(usage.exists());
        assertTrue(usage.used().orElseThrow() >= 1_000_000, usage::toString);
        assertTrue(usage.used().orElseThrow() < 1_200_000, usage::toString);
    }

    @Test
    void a_directory_that_is_not_there_uses_nothing_and_has_the_space_of_its_parent() throws IOException {
        DiskUsage usage = measure(directory.resolve("not/there"));
        assertFalse(usage.exists());
        assertEquals(OptionalLong.of(0), usage.used());
        assertEquals(Files.getFileStore(directory).getTotalSpace(), usage.total());
        assertTrue(usage.free() > 0 && usage.free() <= usage.total(), usage::toString);
    }

    private DiskUsage measure(Path path) {
        try (Disks.Measurement measurement = disks.measure(List.of(path))) {
            return measurement.await().get(0);
        }
    }
}
