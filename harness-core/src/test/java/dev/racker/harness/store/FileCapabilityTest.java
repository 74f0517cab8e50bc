package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCapabilityTest {

    /** As {@code setcap cap_setuid+ep} writes it. */
    private static final byte[] SETUID = HexFormat.of().parseHex("0100000280000000000000000000000000000000");

    private static final byte[] SETUID_SHIFTED =
            HexFormat.of().parseHex("010000038000000000000000000000000000000000000800");

    @Test
    void a_capability_of_the_hosts_root_becomes_one_of_the_shifted_root() {
        assertArrayEquals(SETUID_SHIFTED, FileCapability.parse(SETUID).encode(524288));
    }

    @Test
    void a_capability_of_the_shifted_root_becomes_one_of_the_hosts_root() {
        assertArrayEquals(SETUID, FileCapability.parse(SETUID_SHIFTED).encode(0));
    }

    @Test
    void all_sixty_four_bits_and_the_effective_flag_survive() {
        byte[] value = HexFormat.of().parseHex("00000002ff000080010000000100000002000000");
        FileCapability capability = FileCapability.parse(value);
        assertEquals(0x1_8000_00ffL, capability.permitted());
        assertEquals(0x2_0000_0001L, capability.inheritable());
        assertArrayEquals(value, capability.encode(0));
    }

    @Test
    void the_oldest_version_is_understood() {
        byte[] value = HexFormat.of().parseHex("010000018000000000000000");
        assertArrayEquals(SETUID, FileCapability.parse(value).encode(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0100000280000000", "01000004800000000000000000000000"})
    void a_value_of_no_known_version_is_refused(String hex) {
        byte[] value = HexFormat.of().parseHex(hex);
        assertThrows(IllegalArgumentException.class, () -> FileCapability.parse(value));
    }
}
