package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
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
    void the_mounts_of_a_process_that_lives_must_be_readable() throws IOException {
        Path own = Toolbox.of(directory.resolve("toolbox"), new CommandRunner()).directory();
        old("f00");
        Path machine = Files.createDirectories(directory.resolve("machine"));
        Files.writeString(machine.resolve("leader"), "42");
        Path process = Files.createDirectories(directory.resolve("proc/42/mountinfo"));
        Files.writeString(process.resolveSibling("stat"), "42 (systemd) S 1 42 42 0 -1 4194560 0 0 0 0");
        OldToolboxes toolboxes = new OldToolboxes(own.getParent(), directory.resolve("proc"));

        assertThrows(HarnessException.class, () -> toolboxes.remove(directory, List.of("machine")));
        assertTrue(Files.exists(directory.resolve("toolbox/f00")));
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

        Path ending = Files.createDirectories(directory.resolve("ending"));
        Files.writeString(ending.resolve("leader"), "44");
        Path zombie = Files.createDirectories(directory.resolve("proc/44/mountinfo")); // reading it fails
        Files.writeString(zombie.resolveSibling("stat"), "44 (a) b) R 1 44 44 0 -1 4194308 0 0 0 0");

        new OldToolboxes(own.getParent(), directory.resolve("proc"))
                .remove(directory, List.of("machine", "gone", "ending"));

        Set<Path> left = new TreeSet<>();
        try (var entries = Files.list(own.getParent())) {
            entries.forEach(left::add);
        }
        assertEquals(new TreeSet<>(Set.of(own, seen, chosen)), left);
    }
}
