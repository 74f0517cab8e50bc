package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeStoreTest {

    @TempDir
    Path directory;

    private StorePaths paths;
    private VolumeStore volumes;

    @BeforeEach
    void open() {
        paths = new StorePaths(
                new StateDirectories(directory.resolve("state"), directory.resolve("cache"), directory.resolve("run")));
        volumes = new VolumeStore(paths, new Locks(paths.locks()), new CommandRunner());
    }

    @Test
    void a_volume_is_there_with_its_notes_until_it_is_removed() {
        Volume made = volumes.ensure("data", Map.of(), Map.of("b", "2", "a", ""));

        assertEquals(List.of(made), volumes.list());
        assertEquals(made, volumes.get("data"));
        assertTrue(Files.isDirectory(volumes.content(made)));

        volumes.remove("data");

        assertEquals(List.of(), volumes.list());
        assertFalse(Files.exists(paths.volume("data")));
        assertThrows(NoSuchVolumeException.class, () -> volumes.get("data"));
    }

    @Test
    void a_volume_that_is_there_keeps_its_content_and_notes() throws IOException {
        Volume first = volumes.ensure("data", Map.of(), Map.of("a", "1"));
        Files.writeString(volumes.content(first).resolve("file"), "x");

        assertEquals(first, volumes.ensure("data", Map.of(), Map.of("a", "2")));
        assertFalse(volumes.isEmpty(first));
        volumes.empty(first);
        assertTrue(volumes.isEmpty(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", ".data", "-data", "a/b", "../x", "a b", "ä1"})
    void a_name_that_docker_does_not_take_is_refused(String name) {
        assertThrows(HarnessException.class, () -> volumes.ensure(name, Map.of(), Map.of()));
        assertEquals(Optional.empty(), volumes.find(name));
    }

    @Test
    void volumes_that_nobody_names_get_names_of_their_own() {
        String name = VolumeNames.next();

        assertEquals(64, name.length());
        assertFalse(name.equals(VolumeNames.next()));
        VolumeNames.check(name);
    }

    @Test
    void only_what_a_dead_process_has_left_is_swept_away() throws IOException {
        volumes.ensure("data", Map.of(), Map.of());
        Path mine = Files.createDirectory(
                paths.volumes().resolve(".tmp-" + ProcessHandle.current().pid() + "-1"));
        Path dead = Files.createDirectory(paths.volumes().resolve(".tmp-999999999-1"));
        Files.writeString(dead.resolve("file"), "x");

        volumes.sweep();

        assertTrue(Files.exists(mine));
        assertFalse(Files.exists(dead));
        assertEquals(1, volumes.list().size());
    }

    @Test
    void volumes_are_noted_for_a_container_until_they_are_forgotten() {
        volumes.noteEphemeral("c0ffee", List.of("aa", "bb"));

        assertEquals(List.of("c0ffee"), volumes.ephemeralOwners());
        assertEquals(List.of("aa", "bb"), volumes.ephemeral("c0ffee"));
        volumes.forgetEphemeral("c0ffee");
        assertEquals(List.of(), volumes.ephemeralOwners());
        assertEquals(List.of(), volumes.ephemeral("c0ffee"));
    }

    @Test
    void a_damaged_record_is_told_with_its_file() throws IOException {
        volumes.ensure("data", Map.of(), Map.of());
        Files.writeString(paths.volumeRecord("data"), "{");

        DamagedRecordException failure = assertThrows(DamagedRecordException.class, volumes::list);

        assertEquals(paths.volumeRecord("data"), failure.file());
    }
}
