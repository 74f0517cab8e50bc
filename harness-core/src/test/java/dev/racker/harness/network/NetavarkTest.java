package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.Locks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class NetavarkTest {

    private static final Path PROGRAM = Path.of("/usr/lib/podman/netavark");

    @Test
    void the_configuration_is_what_netavark_reads() {
        String json = NetavarkConfig.onBridge("3f2a", "web.lan", "racker0", Subnet.parse("10.187.1.200"), "", "eth0")
                .json();

        JsonNode root = new ObjectMapper().readTree(json);
        assertEquals("3f2a", root.at("/container_id").asString());
        assertEquals("web.lan", root.at("/container_name").asString());
        assertEquals("eth0", root.at("/networks/racker0/interface_name").asString());
        assertEquals(
                "02:72:0a:bb:01:c8", root.at("/networks/racker0/static_mac").asString());
        assertEquals("10.187.1.200", root.at("/networks/racker0/static_ips/0").asString());
        JsonNode network = root.at("/network_info/racker0");
        assertEquals("racker0", network.at("/name").asString());
        assertEquals("7261636b657230" + "0".repeat(50), network.at("/id").asString());
        assertEquals("bridge", network.at("/driver").asString());
        assertEquals("racker0", network.at("/network_interface").asString());
        assertEquals("10.187.0.0/20", network.at("/subnets/0/subnet").asString());
        assertEquals("10.187.0.1", network.at("/subnets/0/gateway").asString());
        assertFalse(network.at("/dns_enabled").asBoolean(true));
        assertTrue(root.at("/port_mappings").isArray());
    }

    @Test
    void the_commands_are_constant_programs_with_arguments() {
        Netavark netavark = new Netavark(PROGRAM, List.of(), Path.of("/run/x/network"), "racker0");

        List<String> setup =
                netavark.setup(config("3f2a"), "/proc/7/ns/net", "10.187.0.1").arguments();
        assertEquals(List.of("sh", "-c"), setup.subList(0, 2));
        assertEquals(
                List.of(
                        "racker-connect",
                        "/run/x/network",
                        "racker0",
                        "3f2a",
                        "/usr/lib/podman/netavark",
                        "/usr/lib/podman/aardvark-dns",
                        "/proc/7/ns/net",
                        "10.187.0.1",
                        "02:72:0a:bb:00:01"),
                setup.subList(3, setup.size()));
        List<String> teardown = netavark.teardown("3f2a", "10.187.0.2").arguments();
        assertEquals(
                List.of("racker-disconnect", "/run/x/network", "racker0", "3f2a", "10.187.0.2", "10.187.0.0/20"),
                teardown.subList(3, teardown.size()));
        assertEquals(
                setup.get(2),
                netavark.setup(config("other"), "/proc/8/ns/net", "")
                        .arguments()
                        .get(2));
        assertEquals(
                teardown.get(2),
                netavark.teardown("other", "10.187.0.3").arguments().get(2));
    }

    @Test
    void addresses_are_read_strictly() {
        assertEquals("255.0.17.1", Subnet.text(Subnet.parse("255.0.17.1")));
        for (String wrong : List.of("", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.x", "1..2.3")) {
            assertThrows(NumberFormatException.class, () -> Subnet.parse(wrong), wrong);
        }
    }

    @Test
    void a_network_that_does_not_exist_is_quoted() {
        HarnessException failure = assertThrows(HarnessException.class, () -> NetworkMode.parse("brigde"));

        assertTrue(failure.getMessage().contains("\"brigde\""), failure.getMessage());
        for (NetworkMode mode : NetworkMode.values()) {
            assertEquals(mode, NetworkMode.parse(mode.toString()));
        }
    }

    @Test
    void host_names_and_servers_that_are_none_are_refused() {
        for (String hostname : List.of("", "a b", "a\"b", "a/b", "a\nb")) {
            assertThrows(HarnessException.class, () -> NetworkOptions.of(hostname), hostname);
        }
        assertThrows(HarnessException.class, () -> new NetworkOptions("a", List.of("192.0.2.1\nnameserver x")));
        assertEquals(List.of("fe80::1%eth0"), new NetworkOptions("a", List.of("fe80::1%eth0")).dns());
    }

    @Test
    void container_ids_that_are_no_file_names_are_refused(@TempDir Path directory) {
        Networks networks = networks(directory);
        for (String id : List.of("", "../x", ".x", "a b", "a\"b")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> networks.prepare(NetworkMode.BRIDGE, id, NetworkOptions.of("a")),
                    id);
        }
        assertTrue(Files.notExists(directory.resolve("network")));
    }

    @Test
    void the_other_modes_make_nothing(@TempDir Path directory) {
        Networks networks = networks(directory);
        for (NetworkMode mode : List.of(NetworkMode.HOST, NetworkMode.NONE)) {
            try (Attachment attachment = networks.prepare(mode, "c1", new NetworkOptions("c1", List.of("192.0.2.1")))) {
                attachment.connect(1);
                assertEquals(mode, attachment.mode());
                assertTrue(attachment.resolvConf().startsWith("nameserver 192.0.2.1\n"));
                assertEquals(List.of(), attachment.teardownCommand());
                assertTrue(attachment.address().isEmpty());
            }
        }
        networks.sweep(id -> false);
        assertTrue(Files.notExists(directory.resolve("network")));
    }

    @Test
    void a_forwarder_is_started_when_it_is_needed_and_missed_when_it_is_not_installed() {
        Resolver.Bridged direct = new Resolver.Bridged("nameserver 192.0.2.1\n", false);
        Resolver.Bridged forwarded = new Resolver.Bridged("nameserver 10.187.0.1\n", true);

        assertEquals(new DnsPlan(direct.text(), "", List.of()), DnsPlan.of(direct, "10.187.0.1", true));
        assertEquals(new DnsPlan(forwarded.text(), "10.187.0.1", List.of()), DnsPlan.of(forwarded, "10.187.0.1", true));
        DnsPlan missed = DnsPlan.of(forwarded, "10.187.0.1", false);
        assertEquals("", missed.forwarding());
        assertTrue(
                missed.warnings().get(0).contains("aardvark-dns"),
                missed.warnings().get(0));
    }

    private static NetavarkConfig config(String containerId) {
        return NetavarkConfig.onBridge(containerId, "box", "racker0", Subnet.parse("10.187.0.9"), "", "eth0");
    }

    @Test
    void netavark_is_found_in_its_places_before_the_path(@TempDir Path directory) throws IOException {
        Path own = program(directory.resolve("own"), "netavark");
        Path onPath = program(directory.resolve("bin"), "netavark");
        program(directory.resolve("bin"), "iptables");
        String path = directory.resolve("none") + "::" + onPath.getParent();

        assertEquals(
                own,
                locate(List.of("/nowhere", own.getParent().toString()), path).program());
        assertEquals(onPath, locate(List.of("/nowhere"), path).program());
        assertEquals(
                onPath.resolveSibling("aardvark-dns"), locate(List.of(), path).forwarder());
    }

    @Test
    void a_host_without_netavark_is_told_the_package() {
        HarnessException failure = assertThrows(HarnessException.class, () -> locate(List.of("/nowhere"), "/nowhere"));

        assertTrue(failure.getMessage().contains("no netavark on this host"), failure.getMessage());
        assertTrue(failure.hint().orElse("").contains("Install the package netavark"));
    }

    private static Networks networks(Path directory) {
        return new Networks(
                new CommandRunner(),
                directory,
                directory.resolve("definitions"),
                new Locks(directory.resolve("locks")));
    }

    private static Path program(Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        Path program = Files.createFile(directory.resolve(name));
        assertTrue(program.toFile().setExecutable(true));
        return program;
    }

    private static Netavark locate(List<String> places, String path) {
        return Netavark.locate(places, path, List.of(), Path.of("/run/x/network"), "racker0");
    }
}
