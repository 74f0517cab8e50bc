package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSettingsTest {

    private static final NetworkSettings ALL = new NetworkSettings(
            List.of(
                    NetworkRequest.parse("front:alias=a,alias=b,ip=10.9.0.7,ip6=fd00::7,mac=02-00-00-00-00-0A"),
                    NetworkRequest.of("bridge")),
            List.of(PortMapping.parse("127.0.0.1:8080:80"), PortMapping.parse("53/udp")),
            List.of("90", "5000-5010/udp"),
            true,
            List.of("192.0.2.53"),
            List.of("example.org", "."),
            List.of("ndots:2"),
            List.of("db:192.0.2.7", "six:fd00::9", "host=host-gateway"));

    @Test
    void all_of_it_survives_being_written_and_read() {
        assertEquals(ALL, roundTrip(ALL));
        assertEquals(NetworkSettings.defaults(), roundTrip(NetworkSettings.defaults()));
        try (JsonReader in = JsonReader.of("null".getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
            assertEquals(NetworkSettings.defaults(), NetworkSettings.read(in));
        }
    }

    private static NetworkSettings roundTrip(NetworkSettings settings) {
        JsonWriter out = new JsonWriter().object("network");
        settings.write(out);
        byte[] json = out.endObject().toBytes();
        try (JsonReader in = JsonReader.of(json)) {
            in.object();
            assertEquals("network", in.property());
            NetworkSettings read = NetworkSettings.read(in);
            assertEquals(null, in.property());
            return read;
        }
    }

    @Test
    void requests_are_read_as_docker_and_as_podman_write_them() {
        NetworkRequest expected = new NetworkRequest("front", List.of("a"), "10.9.0.7", "", "");

        assertEquals(expected, NetworkRequest.parse("front:alias=a,ip=10.9.0.7"));
        assertEquals(expected, NetworkRequest.parse("name=front,alias=a,ip=10.9.0.7"));
        assertEquals("fd00::7", NetworkRequest.parse("front:ip=fd00::7").ip6());
        assertEquals(
                "02:00:00:00:00:0a",
                NetworkRequest.parse("bridge:mac=02:00:00:00:00:0A").mac());
        assertEquals(
                List.of("a", "b"),
                NetworkRequest.parse("front:alias=a")
                        .with(List.of("b"), "", "", "")
                        .aliases());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".x",
                "-x",
                "a b",
                "a/b",
                "front:alias",
                "front:alias=",
                "front:ip=1.2.3",
                "front:ip6=1.2.3.4",
                "front:mac=02:00:00:00:00",
                "front:mac=01:00:00:00:00:00",
                "front:colour=red",
                "bridge:ip=10.9.0.7",
                "host:alias=x",
                "alias=x"
            })
    void requests_that_make_no_sense_are_refused(String text) {
        assertThrows(HarnessException.class, () -> NetworkRequest.parse(text));
    }

    @Test
    void networks_that_exclude_each_other_or_come_twice_are_refused() {
        assertThrows(HarnessException.class, () -> on("host", "front"));
        assertThrows(HarnessException.class, () -> on("front", "none"));
        assertThrows(HarnessException.class, () -> on("front", "front"));
        assertEquals(NetworkMode.BRIDGE, on("front", "bridge").mode());
        assertEquals(NetworkMode.HOST, on("host").mode());
        assertEquals(NetworkMode.NONE, NetworkSettings.of(NetworkMode.NONE).mode());
    }

    @Test
    void other_parts_that_are_wrong_are_quoted() {
        assertQuoted("db", () -> settings(List.of(), List.of("db")));
        assertQuoted("db:nowhere", () -> settings(List.of(), List.of("db:nowhere")));
        assertQuoted("80:80", () -> settings(List.of("80:80"), List.of()));
        assertQuoted("a\nb", () -> NetworkSettings.defaults().ask(List.of("a\nb")));
    }

    @Test
    void the_bridge_alone_is_plain_and_everything_else_is_not() {
        assertTrue(NetworkSettings.defaults().isPlain() && on("bridge").isPlain());
        assertTrue(NetworkSettings.defaults().ask(List.of("192.0.2.1")).isPlain());
        assertFalse(on("front").isPlain());
        assertFalse(ALL.on(List.of()).isPlain());
        assertFalse(NetworkSettings.defaults()
                .on(List.of(NetworkRequest.parse("bridge:mac=02:00:00:00:00:0a")))
                .isPlain());
    }

    @Test
    void networks_come_and_go_and_the_bridge_is_one_of_them_when_nothing_was_said() {
        NetworkSettings both = NetworkSettings.defaults().connecting(NetworkRequest.of("front"));

        assertEquals(on("bridge", "front"), both);
        assertTrue(NetworkSettings.defaults().connects("bridge") && both.connects("front"));
        assertFalse(NetworkSettings.defaults().connects("front"));
        assertEquals(on("bridge", "front:alias=a"), both.connecting(NetworkRequest.parse("front:alias=a")));
        assertEquals(on("front"), both.disconnecting("bridge"));
        assertEquals(NetworkMode.NONE, on("front").disconnecting("front").mode());
    }

    @Test
    void hosts_are_written_with_the_gateway_in_place_of_its_word() {
        assertEquals(
                List.of("192.0.2.7\tdb", "fd00::9\tsix", "10.9.0.1\thost"),
                ExtraHost.lines(ALL.extraHosts(), "10.9.0.1"));
    }

    @Test
    void domains_and_options_replace_those_of_the_host() {
        String text = "nameserver 192.0.2.1\nsearch lan\noptions edns0\n";

        assertEquals(text, Resolver.choosing(text, List.of(), List.of()));
        assertEquals(
                "nameserver 192.0.2.1\noptions edns0\nsearch a.example b.example\n",
                Resolver.choosing(text, List.of("a.example", "b.example"), List.of()));
        assertEquals(
                "nameserver 192.0.2.1\noptions ndots:2\n", Resolver.choosing(text, List.of("."), List.of("ndots:2")));
    }

    private static NetworkSettings on(String... networks) {
        return NetworkCase.settings(networks);
    }

    private static NetworkSettings settings(List<String> expose, List<String> hosts) {
        return new NetworkSettings(List.of(), List.of(), expose, false, List.of(), List.of(), List.of(), hosts);
    }

    private static void assertQuoted(String text, Runnable action) {
        String message = assertThrows(HarnessException.class, action::run).getMessage();
        assertTrue(message.contains('"' + text + '"'), message);
    }
}
