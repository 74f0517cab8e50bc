package dev.racker.harness.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpaqueDirectoriesTest {

    @Test
    void asks_once_for_a_whole_layer() {
        assertEquals(
                "getfattr --recursive --physical --no-dereference --absolute-names --dump"
                        + " '--match=^trusted\\.overlay\\.opaque$' -- /layers/a",
                OpaqueDirectories.command(Path.of("/layers/a")).toString());
    }
}
