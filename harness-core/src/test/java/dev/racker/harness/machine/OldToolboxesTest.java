package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldToolboxesTest {

    @TempDir
    private Path directory;

    private Path old(String name) throws IOException {
        Path toolbox = Files.createDirectories(directory.resolve("toolbox").resolve(name));
        Files.writeString(toolbox.resolve("sh"), "");
        Files.setLastModifiedTime(toolbox, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        return toolbox;
    }

    @Test
    void only_what_is_neither_the_hosts_own_nor_seen_nor_just_chosen_is_removed() throws IOException {
        Path own = Toolbox.of(directory.resolve("toolbox"), new CommandRunner()).directory();
        Files.setLastModifiedTime(own, FileTime.from(Instant.EPOCH));
        old("f00");
        old(".tmp-half");
        Path seen = old("5ee");
        Path chosen = old("c05");
        Files.setLastModifiedTime(chosen, FileTime.from(Instant.now()));
        Path machine = Files.createDirectories(directory.resolve("machine"));
        Files.writeString(machine.resolve("leader"), "42");
        Path gone = Files.createDirectories(directory.resolve("gone"));
        Files.writeString(gone.resolve("leader"), "43");
        Path process = Files.createDirectories(directory.resolve("proc/42"));
        Files.writeString(
                process.resolve("mountinfo"),
                "700 690 8:1 /lib/toolbox/5ee /dev/racker ro,relatime - ext4 /dev/sda1 rw\n");

        new OldToolboxes(own.getParent(), directory.resolve("proc")).remove(directory, List.of("machine", "gone"));

        Set<Path> left = new TreeSet<>();
        try (var entries = Files.list(own.getParent())) {
            entries.forEach(left::add);
        }
        assertEquals(new TreeSet<>(Set.of(own, seen, chosen)), left);
    }
}
