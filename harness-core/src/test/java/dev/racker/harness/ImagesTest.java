package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Host;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removing images whose record cannot be read. */
class ImagesTest {

    private static final String NAME = "docker.io/library/debian:12";

    @TempDir
    Path directory;

    private Store store;
    private Images images;

    @BeforeEach
    void damage() throws IOException {
        StateDirectories directories =
                new StateDirectories(directory.resolve("s"), directory.resolve("c"), directory.resolve("r"));
        Harness harness = Harness.open(directories, new CommandRunner(), Host.local(), CuratedReleases::none);
        store = harness.store();
        images = harness.images();
        Path record = store.paths().image(NAME);
        Files.createDirectories(record.getParent());
        Files.writeString(record, "{\"format\":");
    }

    @Test
    void an_image_whose_record_is_damaged_is_untagged() {
        assertEquals(List.of("Untagged: debian:12"), images.remove("debian:12", false));

        assertFalse(store.images().contains(NAME));
        assertThrows(HarnessException.class, () -> images.remove("debian:12", false));
    }

    @Test
    void an_image_whose_record_is_damaged_stays_while_a_container_uses_it() {
        ContainerRecord web =
                new ContainerRecord("aaaaaaaaaaaa", "web", NAME, List.of(), List.of(), Instant.EPOCH, false, Map.of());
        store.containers().create(web, new byte[0]);

        HarnessException failure = assertThrows(HarnessException.class, () -> images.remove("debian:12", false));

        assertTrue(failure.getMessage().contains("the stopped container web uses it"), failure.getMessage());
        assertTrue(store.images().contains(NAME));
        assertEquals(List.of("Untagged: debian:12"), images.remove("debian:12", true));
        assertEquals(List.of(), store.containers().list());
    }
}
