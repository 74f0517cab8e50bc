package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolverTest {

    private static final String GATEWAY = "10.187.0.1";

    @TempDir
    Path directory;

    private Resolver resolver;

    @BeforeEach
    void create() {
        resolver = new Resolver(directory.resolve("resolv.conf"), directory.resolve("upstream"));
    }

    @Test
    void servers_search_and_options_of_the_host_are_kept() throws IOException {
        host("# by hand\nsearch example.org\nnameserver 192.0.2.53\n\nnameserver\t192.0.2.54 \noptions ndots:2\n");

        Resolver.Bridged bridged = resolver.behindBridge(List.of(), GATEWAY);

        assertEquals(
                "nameserver 192.0.2.53\nnameserver 192.0.2.54\nsearch example.org\noptions ndots:2\n", bridged.text());
        assertFalse(bridged.forwarded());
    }

    @Test
    void the_stub_of_systemd_resolved_is_replaced_by_the_servers_it_asks() throws IOException {
        host("nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch lan\n");
        Files.writeString(directory.resolve("upstream"), "nameserver 192.0.2.1\nnameserver 192.0.2.2\nsearch other\n");

        Resolver.Bridged bridged = resolver.behindBridge(List.of(), GATEWAY);

        assertEquals(
                "nameserver 192.0.2.1\nnameserver 192.0.2.2\noptions edns0 trust-ad\nsearch lan\n", bridged.text());
        assertFalse(bridged.forwarded());
    }

    @Test
    void a_stub_without_known_servers_needs_a_forwarder() throws IOException {
        host("nameserver 127.0.0.53\n");

        assertEquals(new Resolver.Bridged("nameserver 10.187.0.1\n", true), resolver.behindBridge(List.of(), GATEWAY));
    }

    @Test
    void a_resolver_on_loopback_needs_a_forwarder() throws IOException {
        host("nameserver 127.0.0.1\nnameserver ::1\nsearch lan");

        assertEquals(
                new Resolver.Bridged("nameserver 10.187.0.1\nsearch lan\n", true),
                resolver.behindBridge(List.of(), GATEWAY));
    }

    @Test
    void servers_that_the_bridge_reaches_go_before_a_forwarder() throws IOException {
        host("nameserver 127.0.0.1\nnameserver fe80::1%eth0\nnameserver 192.0.2.53\n");

        assertEquals(new Resolver.Bridged("nameserver 192.0.2.53\n", false), resolver.behindBridge(List.of(), GATEWAY));
    }

    @Test
    void only_ipv6_servers_need_a_forwarder() throws IOException {
        host("nameserver 2001:db8::53\n");

        assertTrue(resolver.behindBridge(List.of(), GATEWAY).forwarded());
    }

    @Test
    void the_servers_of_the_user_win() throws IOException {
        host("nameserver 127.0.0.53\nsearch lan\n");

        assertEquals(
                new Resolver.Bridged("nameserver 198.51.100.1\nsearch lan\n", false),
                resolver.behindBridge(List.of("198.51.100.1"), GATEWAY));
        assertEquals("nameserver 198.51.100.1\nsearch lan\n", resolver.inHostNetwork(List.of("198.51.100.1")));
        assertEquals("nameserver 198.51.100.1\n", resolver.withoutNetwork(List.of("198.51.100.1")));
    }

    @Test
    void the_network_of_the_host_uses_the_file_of_the_host_as_it_is() throws IOException {
        String text = "# stub\nnameserver 127.0.0.53\n";
        host(text);

        assertEquals(text, resolver.inHostNetwork(List.of()));
    }

    @Test
    void a_machine_without_network_keeps_its_own_file() {
        assertEquals("", resolver.withoutNetwork(List.of()));
    }

    @Test
    void a_host_without_the_file_needs_a_forwarder() throws IOException {
        assertTrue(resolver.behindBridge(List.of(), GATEWAY).forwarded());
        assertEquals("", resolver.inHostNetwork(List.of()));
    }

    private void host(String text) throws IOException {
        Files.writeString(directory.resolve("resolv.conf"), text);
    }
}
