package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerStoreTest {

    @TempDir
    Path directory;

    private StorePaths paths;
    private ContainerStore store;

    @BeforeEach
    void open() {
        paths = new StorePaths(
                new StateDirectories(directory.resolve("s"), directory.resolve("c"), directory.resolve("r")));
        store = new ContainerStore(paths, new CommandRunner());
    }

    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);

    private static ContainerRecord record(String id, String name) {
        return new ContainerRecord(id, name, "debian:12", List.of(), List.of(), Instant.EPOCH, false, Map.of());
    }

    private boolean isReserved(String name) {
        return Files.exists(paths.containerName(name), LinkOption.NOFOLLOW_LINKS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-11-22T10:00:05Z",
                "2026-11-22T10:00:00.120Z",
                "2026-11-22T10:00:05.123456789Z",
            })
    void a_record_tells_when_it_was_made_as_instants_do(String time) {
        ContainerRecord record = new ContainerRecord(
                "aaaaaaaaaaaa", "web", "debian:12", List.of(), List.of(), Instant.parse(time), false, Map.of());

        assertTrue(new String(record.toJson(), StandardCharsets.UTF_8).contains("\"" + time + "\""));
        assertEquals(record, ContainerRecord.fromJson(record.toJson()));
    }

    @Test
    void a_container_is_removed_with_its_name() {
        ContainerRecord web = record("aaaaaaaaaaaa", "web");
        store.create(web, CONFIG);

        store.remove(web);

        assertFalse(Files.exists(store.directory(web)));
        assertFalse(isReserved("web"));
        assertEquals(Optional.empty(), store.find("web"));
    }

    @Test
    void a_name_that_another_container_has_taken_stays_with_that() throws IOException {
        ContainerRecord old = record("aaaaaaaaaaaa", "web");
        ContainerRecord young = record("bbbbbbbbbbbb", "web");
        store.create(old, CONFIG);
        Files.delete(paths.containerName("web")); // as a cleaner does that was killed in between
        store.create(young, CONFIG);

        store.remove(old);

        assertFalse(Files.exists(store.directory(old)));
        assertTrue(Files.isSameFile(store.directory(young), paths.containerName("web")));
        assertEquals(Optional.of(young), store.find("web"));
    }

    @Test
    void a_name_is_free_once_its_container_is_gone() throws IOException {
        ContainerRecord old = record("aaaaaaaaaaaa", "web");
        ContainerRecord young = record("bbbbbbbbbbbb", "web");
        store.create(old, CONFIG);
        assertThrows(NameInUseException.class, () -> store.create(young, CONFIG));
        Files.delete(store.directory(old).resolve("container.json"));
        Files.delete(store.directory(old).resolve("config.json"));
        Files.delete(store.directory(old));

        store.create(young, CONFIG);

        assertTrue(Files.isSameFile(store.directory(young), paths.containerName("web")));
    }

    @Test
    void a_container_that_is_renamed_is_found_by_its_new_name_alone() {
        ContainerRecord web = record("aaaaaaaaaaaa", "web");
        store.create(web, CONFIG);
        store.create(record("bbbbbbbbbbbb", "taken"), CONFIG);

        assertThrows(NameInUseException.class, () -> store.rename(web, "taken"));
        store.rename(web, "site");

        assertEquals(Optional.empty(), store.find("web"));
        assertEquals(web.id(), store.find("site").orElseThrow().id());
        assertEquals("site", store.find("aaaa").orElseThrow().name());
    }
}
