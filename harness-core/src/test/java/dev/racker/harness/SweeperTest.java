package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.host.Host;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.StateDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweeperTest {

    @TempDir
    Path directory;

    @Test
    @SuppressWarnings("try") // the lock is only held
    void the_address_of_a_machine_that_came_after_the_machines_were_listed_stays() throws IOException {
        Path run = directory.resolve("r");
        StateDirectories directories = new StateDirectories(directory.resolve("s"), directory.resolve("c"), run);
        Harness harness = Harness.open(directories, new CommandRunner(), Host.local(), CuratedReleases::none);
        Path address = Files.createDirectories(run.resolve("network/addresses")).resolve("10.1.2.3");
        Files.createSymbolicLink(address, Path.of("aaaaaaaaaaaa"));

        try (Lock starting = harness.store().locks().exclusive("machine", "aaaaaaaaaaaa")) {
            harness.sweep();
        }

        assertTrue(Files.exists(address, LinkOption.NOFOLLOW_LINKS));
    }
}
