package dev.racker.harness.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpaqueDirectoriesTest {

    @Test
    void asks_once_for_a_whole_layer() {
        assertEquals(
                "getfattr --recursive --physical --no-dereference --absolute-names --dump"
                        + " '--match=^trusted\\.overlay\\.opaque$' -- /layers/a",
                OpaqueDirectories.command(Path.of("/layers/a")).toString());
    }

    @Test
    void reads_names_of_any_bytes() {
        String dump = "# file: /u/a\ntrusted.overlay.opaque=\"y\"\n\n# file: /u/new\\012line\\134\n"
                + "trusted.overlay.opaque=\"y\"\n\n# file: /u/b\ntrusted.overlay.opaque=\"x\"\n\n";

        assertEquals(
                Set.of("/u/a", "/u/new\nline\\"), OpaqueDirectories.parse(dump.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
