package dev.racker.harness.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSystemsTest {

    private static final String TABLE = """
            22 27 0:21 / /proc rw,relatime - proc proc rw
            27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
            31 27 0:31 / /srv rw shared:4 master:2 - xfs /dev/vdb rw
            32 31 0:32 / /srv/a\\040b rw - overlay overlay rw
            33 31 0:33 / /srv rw - tmpfs none rw
            """;

    @ParameterizedTest
    @CsvSource({
        "/, ext4",
        "/etc/passwd, ext4",
        "/proc/1, proc",
        "/srv, tmpfs",
        "/srv2, ext4",
        "/srv/a b/c, overlay",
        "/srv/a, tmpfs"
    })
    void the_deepest_and_last_mount_is_what_a_path_is_on(Path path, String type) {
        assertEquals(type, new FileSystems(TABLE).type(path));
    }

    @Test
    void what_is_mounted_below_a_path_is_known_unless_something_hides_it() {
        FileSystems fileSystems = new FileSystems(TABLE + "34 33 0:34 / /srv/b rw - tmpfs none rw\n");

        assertEquals(List.of(Path.of("/proc"), Path.of("/srv"), Path.of("/srv/b")), fileSystems.below(Path.of("/")));
        assertEquals(List.of(Path.of("/srv/b")), fileSystems.below(Path.of("/srv")));
        assertEquals(List.of(), fileSystems.below(Path.of("/srv/b")));
    }

    @Test
    void overlays_cannot_map_owners() {
        assertTrue(FileSystems.mapsOwners("ext4"));
        assertFalse(FileSystems.mapsOwners("overlay"));
    }

    @Test
    void this_host_has_a_root() {
        assertFalse(FileSystems.mounted().type(Path.of("/")).isEmpty());
    }
}
