package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.Locks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserNetworksTest {

    private static final String ROUTES =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
                    + "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
                    + "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";
    private static final String ROUTES6 = "fd000000000000000000000000000000 40 " + "0".repeat(32) + " 00 "
            + "0".repeat(32) + " 00000100 00000001 00000000 00000001     eth0\n";

    @TempDir
    Path directory;

    private UserNetworks networks;

    @BeforeEach
    void open() throws IOException {
        Path routes = Files.writeString(directory.resolve("route"), ROUTES);
        Files.writeString(directory.resolve("ipv6_route"), ROUTES6);
        Resolver resolver = new Resolver(directory.resolve("resolv.conf"), directory.resolve("upstream"));
        networks = new Networks(
                        new CommandRunner(),
                        directory.resolve("run"),
                        new NetworkDefinitions(directory.resolve("networks"), new Locks(directory.resolve("locks"))),
                        new HostNetwork(List.of(), routes, resolver))
                .users();
    }

    @Test
    void a_definition_is_read_as_it_was_written() {
        NetworkDefinition made = networks.create(new NetworkDraft(
                "front",
                List.of("10.9.0.0/16", "fd00:9::/64"),
                List.of("fd00:9::ff"),
                List.of("10.9.8.0/24"),
                true,
                true,
                Map.of("a", "b"),
                Map.of(NetworkDefinition.MTU, "1400", NetworkDefinition.BRIDGE_NAME, "mine0")));

        assertEquals(made, networks.get("front"));
        assertEquals(made, networks.get(made.id()));
        assertEquals(made, networks.get(made.shortId()));
        assertEquals(
                List.of(
                        new NetworkSubnet("10.9.0.0/16", "10.9.0.1", "10.9.8.0/24"),
                        new NetworkSubnet("fd00:9::/64", "fd00:9::ff", "")),
                made.subnets());
        assertEquals("mine0", made.bridge());
    }

    @Test
    void networks_that_nothing_is_said_of_get_ranges_of_their_own() {
        NetworkDefinition one = networks.create(NetworkDraft.of("one"));
        NetworkDefinition two = networks.create(
                new NetworkDraft("two", List.of(), List.of(), List.of(), false, true, Map.of(), Map.of()));

        assertTrue(one.four().subnet().endsWith(".0/24"), one.toString());
        assertTrue(!one.four().range().overlaps(two.four().range()));
        assertTrue(two.subnets().get(1).subnet().startsWith("fd") && two.ipv6());
        assertEquals(
                List.of("bridge", "host", "none", "one", "two"),
                networks.list().stream().map(NetworkDefinition::name).toList());
    }

    @Test
    void ranges_that_cannot_be_had_are_refused_and_nothing_is_made() {
        networks.create(draft("taken", List.of("10.9.0.0/16", "fd00:9::/64"), List.of(), List.of()));

        refused("10.9.128.0/24", draft("x", List.of("10.9.128.0/24"), List.of(), List.of()));
        refused("fd00:9::/72", draft("x", List.of("fd00:9::/72"), List.of(), List.of()));
        refused("192.0.2.0/25", draft("x", List.of("192.0.2.0/25"), List.of(), List.of()));
        refused("fd00::/48", draft("x", List.of("fd00::/48"), List.of(), List.of()));
        refused("10.8.0.5/24", draft("x", List.of("10.8.0.5/24"), List.of(), List.of()));
        refused("10.8.0.0/31", draft("x", List.of("10.8.0.0/31"), List.of(), List.of()));
        refused("10.8.0.0", draft("x", List.of("10.8.0.0"), List.of(), List.of()));
        refused("10.7.0.0/24", draft("x", List.of("10.8.0.0/24", "10.7.0.0/24"), List.of(), List.of()));
        refused("10.7.0.1", draft("x", List.of("10.8.0.0/24"), List.of("10.7.0.1"), List.of()));
        refused("10.8.0.255", draft("x", List.of("10.8.0.0/24"), List.of("10.8.0.255"), List.of()));
        refused("10.8.0.0/23", draft("x", List.of("10.8.0.0/24"), List.of(), List.of("10.8.0.0/23")));
        assertEquals(4, networks.list().size());
    }

    @Test
    void names_that_are_taken_or_none_are_refused() {
        networks.create(NetworkDraft.of("front"));

        String message = assertThrows(HarnessException.class, () -> networks.create(NetworkDraft.of("front")))
                .getMessage();
        assertTrue(message.contains("network with name front already exists"), message);
        for (String name : List.of("", "bridge", "host", "none", "-x", ".x", "a b", "a/b", "../x")) {
            assertThrows(HarnessException.class, () -> NetworkDraft.of(name), name);
        }
        assertThrows(HarnessException.class, () -> options(Map.of("colour", "red")));
        assertThrows(HarnessException.class, () -> options(Map.of(NetworkDefinition.MTU, "67")));
        assertThrows(HarnessException.class, () -> options(Map.of(NetworkDefinition.BRIDGE_NAME, "a".repeat(16))));
        assertThrows(
                HarnessException.class, () -> networks.create(options(Map.of(NetworkDefinition.BRIDGE_NAME, "eth0"))));
    }

    @Test
    void what_is_always_there_is_not_removed_and_what_is_not_there_is_told() {
        assertTrue(assertThrows(HarnessException.class, () -> networks.remove("bridge"))
                .getMessage()
                .contains("pre-defined network and cannot be removed"));
        assertThrows(NoSuchNetworkException.class, () -> networks.remove("nope"));
        networks.create(NetworkDraft.of("one"));
        networks.create(NetworkDraft.of("two"));
        assertEquals(
                List.of("two"),
                networks.prune(network -> network.name().equals("two")).stream()
                        .map(NetworkDefinition::name)
                        .toList());
        assertEquals("one", networks.remove("one").name());
        assertEquals(3, networks.list().size());
    }

    @Test
    void a_damaged_definition_is_told_with_its_file() throws IOException {
        networks.create(NetworkDraft.of("front"));
        Path file = directory.resolve("networks/front.json");
        Files.writeString(file, "{\"name\":\"front\"}");

        HarnessException failure = assertThrows(HarnessException.class, () -> networks.get("front"));
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    }

    private static NetworkDraft draft(String name, List<String> subnets, List<String> gateways, List<String> ipRanges) {
        return new NetworkDraft(name, subnets, gateways, ipRanges, false, false, Map.of(), Map.of());
    }

    private static NetworkDraft options(Map<String, String> options) {
        return new NetworkDraft("x", List.of(), List.of(), List.of(), false, false, Map.of(), options);
    }

    private void refused(String quoted, NetworkDraft draft) {
        String message = assertThrows(HarnessException.class, () -> networks.create(draft), quoted)
                .getMessage();
        assertTrue(message.contains(quoted), message);
    }
}
