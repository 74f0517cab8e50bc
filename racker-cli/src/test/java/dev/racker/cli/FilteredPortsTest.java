package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.Connections;
import dev.racker.harness.network.PortMapping;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilteredPortsTest {

    private static final Connections CONNECTIONS =
            new Connections(List.of(), List.of(PortMapping.parse("8080:80"), PortMapping.parse("9000-9002:90-92/udp")));

    @ParameterizedTest
    @CsvSource({
        "8080, true, false",
        "80/tcp, false, true",
        "80/udp, false, false",
        "9002/udp, true, false",
        "9003-9010/udp, false, false",
        "8000-9000, true, false",
        "92-100/udp, false, true",
        "443, false, true"
    })
    void ports_of_the_host_are_published_and_those_inside_exposed(String text, boolean published, boolean exposed) {
        FilteredPorts ports = FilteredPorts.parse(text, text);

        assertEquals(published, ports.arePublished(CONNECTIONS));
        assertEquals(exposed, ports.areExposed(CONNECTIONS, List.of("443/tcp")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "80/ip", "90-80", "0", "70000"})
    void what_is_no_port_is_refused(String text) {
        HarnessException failure =
                assertThrows(HarnessException.class, () -> FilteredPorts.parse("publish=" + text, text));

        assertTrue(failure.getMessage().contains("--filter \"publish=" + text + "\""), failure.getMessage());
        assertFalse(failure.hint().isEmpty());
    }
}
