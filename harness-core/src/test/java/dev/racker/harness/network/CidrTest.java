package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.255, 192.0.2.255",
        "255.255.255.255, 255.255.255.255",
        "fd00:0:0:0:0:0:0:1, fd00::1",
        "::, ::",
        "::1, ::1",
        "2001:db8:0:0:1:0:0:0, 2001:db8:0:0:1::",
        "2001:DB8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "fe80::, fe80::",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3"
    })
    void addresses_are_written_as_the_kernels_tools_do(String text, String written) {
        assertEquals(written, Ip.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "12345::",
                "g::",
                "1:",
                "+1::",
                "::1%eth0",
                "10.0.0",
                "10.0.0.256",
                "localhost"
            })
    void what_is_no_address_is_refused(String text) {
        assertFalse(Ip.isOne(text), text);
    }

    @Test
    void ranges_know_what_is_in_them() {
        Cidr range = Cidr.parse("10.1.2.77/24");

        assertEquals("10.1.2.0/24", range.toString());
        assertEquals("10.1.2.255", range.last().toString());
        assertTrue(range.contains(Ip.parse("10.1.2.255")) && range.contains(Ip.parse("10.1.2.0")));
        assertFalse(range.contains(Ip.parse("10.1.3.0")) || range.contains(Ip.parse("::a01:200")));
        assertTrue(range.overlaps(Cidr.parse("10.0.0.0/8"))
                && Cidr.parse("10.0.0.0/8").overlaps(range));
        assertTrue(Cidr.parse("0.0.0.0/0").contains(Ip.parse("255.0.0.1")));
        assertEquals("fd00:1::ff", Cidr.parse("fd00:1::/120").last().toString());
        for (String wrong : new String[] {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/x"}) {
            assertThrows(NumberFormatException.class, () -> Cidr.parse(wrong), wrong);
        }
    }
}
