package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortMappingTest {

    @ParameterizedTest
    @CsvSource(
            value = {
                "80 | '' | 0 | 80 | 1 | tcp | 80/tcp",
                "8080:80 | '' | 8080 | 80 | 1 | tcp | 8080:80/tcp",
                "8080:80/UDP | '' | 8080 | 80 | 1 | udp | 8080:80/udp",
                "127.0.0.1:8080:80 | 127.0.0.1 | 8080 | 80 | 1 | tcp | 127.0.0.1:8080:80/tcp",
                "127.0.0.1::80 | 127.0.0.1 | 0 | 80 | 1 | tcp | 127.0.0.1::80/tcp",
                "[::1]:53:53/udp | ::1 | 53 | 53 | 1 | udp | [::1]:53:53/udp",
                "[fd00::1]::80 | fd00::1 | 0 | 80 | 1 | tcp | [fd00::1]::80/tcp",
                "8000-8009:80-89/sctp | '' | 8000 | 80 | 10 | sctp | 8000-8009:80-89/sctp",
                "80-82 | '' | 0 | 80 | 3 | tcp | 80-82/tcp"
            },
            delimiter = '|')
    void what_docker_takes_is_read_and_written(
            String text, String address, int hostPort, int port, int count, String protocol, String written) {
        PortMapping mapping = PortMapping.parse(text);

        assertEquals(new PortMapping(address, hostPort, port, count, protocol), mapping);
        assertEquals(written, mapping.toString());
        assertEquals(mapping, PortMapping.parse(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0",
                "65536",
                "80:",
                "-1",
                "+80",
                "80/icmp",
                "80/",
                "90-80",
                "8000-8001:80",
                "::1:80:80",
                "[::1:80:80",
                "localhost:80:80",
                "1.2.3:80:80",
                "65535-65536",
                "80:80:80",
                "80,81"
            })
    void what_it_does_not_take_is_quoted(String text) {
        String message = assertThrows(HarnessException.class, () -> PortMapping.parse(text))
                .getMessage();
        assertTrue(message.contains('"' + text + '"'), message);
    }

    @Test
    void ports_collide_on_addresses_that_both_answer_on() {
        PortMapping any = PortMapping.parse("8000-8010:80-90");

        assertTrue(any.collides(PortMapping.parse("127.0.0.1:8010:1")));
        assertTrue(PortMapping.parse("0.0.0.0:8000:1").collides(any));
        assertFalse(any.collides(PortMapping.parse("8011:1")));
        assertFalse(any.collides(PortMapping.parse("8000:80/udp")));
        assertFalse(PortMapping.parse("127.0.0.1:80:80").collides(PortMapping.parse("127.0.0.2:80:80")));
    }
}
