package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestPathTest {

    @TempDir
    Path root;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(root.resolve("etc/sub"));
        Files.writeString(root.resolve("etc/file"), "x");
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/etc"));
        Files.createSymbolicLink(root.resolve("upwards"), Path.of("../../../../../../etc"));
        Files.createSymbolicLink(root.resolve("etc/sub/again"), Path.of("../../absolute/sub"));
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("/tmp/nothing"));
        Files.createSymbolicLink(root.resolve("round"), Path.of("round"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, /, true",
        "'', /, true",
        "etc/./file, /etc/file, true",
        "/etc/../etc//sub/, /etc/sub, true",
        "/../../etc, /etc, true",
        "/absolute/file, /etc/file, true",
        "/upwards/file, /etc/file, true",
        "/etc/sub/again/again, /etc/sub, true",
        "/dangling, /tmp/nothing, false",
        "/etc/new, /etc/new, false",
        "/etc/file/x, /etc/file/x, false"
    })
    void a_path_is_followed_and_never_leaves_the_root(String path, String found, boolean exists) {
        GuestPath resolved = GuestPath.resolve(root, path, true);

        assertEquals(found, resolved.absolute());
        assertEquals(exists, resolved.exists());
    }

    @Test
    void only_a_name_that_could_be_made_there_has_a_parent() {
        assertTrue(GuestPath.resolve(root, "/etc/new", true).parentExists());
        assertFalse(GuestPath.resolve(root, "/new/new", true).parentExists());
        assertFalse(GuestPath.resolve(root, "/etc/file/new", true).parentExists());
    }

    @Test
    void a_link_at_the_end_can_be_meant_itself() {
        GuestPath link = GuestPath.resolve(root, "/upwards", false);

        assertEquals("/upwards", link.absolute());
        assertFalse(link.isDirectory());
        assertEquals("./etc", GuestPath.resolve(root, "/upwards", true).relative());
    }

    @Test
    void links_that_never_end_are_told() {
        assertThrows(HarnessException.class, () -> GuestPath.resolve(root, "/round/x", true));
    }
}
