package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.network.NetworkRequest;
import dev.racker.harness.network.NetworkSettings;
import dev.racker.harness.network.PortMapping;
import dev.racker.harness.option.PlainWords;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkFlagsTest {

    @Test
    void nothing_said_is_the_default() {
        assertSame(NetworkSettings.defaults(), settings());
    }

    @Test
    void all_options_come_together() {
        NetworkSettings settings = settings(
                "--network=front:alias=a",
                "--net=bridge",
                "--network-alias=b",
                "--ip=10.9.0.7",
                "--ip6=fd00::7",
                "--mac-address=02:00:00:00:00:0A",
                "-p8080:80",
                "--publish=127.0.0.1:53:53/udp",
                "-P",
                "--expose=90",
                "--dns=192.0.2.53",
                "--dns-search=example.org",
                "--dns-option=ndots:2",
                "--dns-opt=rotate",
                "--add-host=db:192.0.2.7");

        assertEquals(
                new NetworkSettings(
                        List.of(
                                NetworkRequest.parse(
                                        "front:alias=a,alias=b,ip=10.9.0.7,ip6=fd00::7,mac=02:00:00:00:00:0a"),
                                NetworkRequest.of("bridge")),
                        List.of(PortMapping.parse("8080:80"), PortMapping.parse("127.0.0.1:53:53/udp")),
                        List.of("90"),
                        true,
                        List.of("192.0.2.53"),
                        List.of("example.org"),
                        List.of("ndots:2", "rotate"),
                        List.of("db:192.0.2.7")),
                settings);
    }

    @Test
    void the_networks_that_docker_has_are_known_and_what_is_not_supported_is_told() {
        assertEquals(NetworkMode.HOST, settings("--network=host").mode());
        assertEquals(NetworkMode.NONE, settings("--net", "none").mode());
        assertEquals(
                List.of(NetworkRequest.of("bridge")),
                settings("--network=default").requests());
        assertTrue(assertThrows(HarnessException.class, () -> settings("--network=container:x"))
                .getMessage()
                .contains("\"container:x\""));
        assertThrows(HarnessException.class, () -> settings("--ip=10.9.0.7"));
        assertThrows(HarnessException.class, () -> settings("--network-alias=x"));
        assertThrows(HarnessException.class, () -> settings("-p", "80:80:80"));
    }

    @Test
    void ports_on_the_hosts_network_are_warned_of() {
        assertEquals(1, flags("--network=host", "-p80:80").warnings().size());
        assertEquals(List.of(), flags("--network=host").warnings());
        assertEquals(List.of(), flags("-p80:80").warnings());
    }

    private static NetworkSettings settings(String... args) {
        return flags(args).settings();
    }

    private static NetworkFlags flags(String... args) {
        NetworkFlags flags = new NetworkFlags();
        assertTrue(PlainWords.read(flags, List.of(args)));
        return flags;
    }
}
