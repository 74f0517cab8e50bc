package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpaqueDumpTest {

    @Test
    void reads_names_of_any_bytes() {
        String dump = "# file: /u/a\ntrusted.overlay.opaque=\"y\"\n\n# file: /u/new\\012line\\134\n"
                + "trusted.overlay.opaque=\"y\"\n\n# file: /u/b\ntrusted.overlay.opaque=\"x\"\n\n";

        assertEquals(Set.of("/u/a", "/u/new\nline\\"), OpaqueDump.parse(dump.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
