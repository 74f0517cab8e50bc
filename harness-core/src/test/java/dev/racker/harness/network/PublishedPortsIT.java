package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedPortsIT extends NetworkCase {

    @Test
    void a_port_answers_on_localhost_on_other_addresses_of_the_host_and_to_other_machines() throws IOException {
        host.onHost("iptables", "-P", "FORWARD", "DROP");
        before = host.state();
        RunningCommand machine = host.machine();
        RunningCommand other = host.machine();
        try (Attachment attachment = publish("c1", "bridge", "18080:80", "19090:90/udp");
                Attachment neighbour = prepare("c2")) {
            attachment.connect(machine.pid());
            neighbour.connect(other.pid());
            String address = attachment.address().orElseThrow();
            String gateway = attachment.connections().get(0).gateway();
            host.endpointIn(machine, "tcp", "0.0.0.0", "80");
            host.endpointIn(machine, "udp", "0.0.0.0", "90");

            assertEquals(gateway, host.callFromHost("127.0.0.1", 18080));
            assertEquals(TestHost.OUTSIDE_ADDRESS, host.callFromOutside(TestHost.HOST_ADDRESS, 18080));
            host.callFromHost(TestHost.HOST_ADDRESS, 18080);
            assertEquals(gateway, host.call(other, TestHost.HOST_ADDRESS, 18080));
            assertEquals(gateway, host.call(machine, TestHost.HOST_ADDRESS, 18080));
            assertEquals(neighbour.address().orElseThrow(), host.call(other, address, 80));
            assertEquals(gateway, host.onHost(TestHost.endpointCommand("ask", "127.0.0.1", "19090")));
            assertEquals(
                    Connections.read(run, "c1").ports(),
                    List.of(PortMapping.parse("18080:80"), PortMapping.parse("19090:90/udp")));
        }
    }

    @Test
    void no_machine_reaches_what_listens_on_the_loopback_of_the_host() throws IOException {
        host.endpoint("tcp", "127.0.0.1", "7777");
        RunningCommand machine = host.machine();
        try (Attachment attachment = publish("c1", "bridge", "18080:80")) {
            attachment.connect(machine.pid());
            String gateway = attachment.connections().get(0).gateway();
            String settings = "cd /proc/sys/net/ipv4/conf; echo 1 >eth0/route_localnet; echo 0 >eth0/rp_filter";
            host.inMachine(machine, "sh", "-c", settings + "; echo 0 >all/rp_filter");
            host.inMachine(machine, "ip", "link", "set", "lo", "down");
            host.inMachine(machine, "ip", "route", "add", "127.0.0.1", "via", gateway, "dev", "eth0", "table", "7");
            host.inMachine(machine, "ip", "rule", "add", "to", "127.0.0.1", "lookup", "7", "pref", "1");
            host.inMachine(machine, "ip", "rule", "add", "lookup", "local", "pref", "10");
            host.inMachine(machine, "ip", "rule", "del", "pref", "0");

            assertFalse(host.answers(machine, "127.0.0.1", 7777));
            host.onHost("iptables", "-F", "INPUT");
            assertTrue(host.answers(machine, "127.0.0.1", 7777), "the machine has not really tried");
            assertEquals("127.0.0.1", host.callFromHost("127.0.0.1", 7777));
        }
    }

    @Test
    void ranges_addresses_and_ipv6_are_published_as_they_were_asked_for() throws IOException {
        host.onHost("ip", "-6", "address", "add", "fd00:5::1/64", "dev", "out0", "nodad");
        before = host.state();
        networks.users()
                .create(new NetworkDraft("front", List.of(), List.of(), List.of(), false, true, Map.of(), Map.of()));
        RunningCommand machine = host.machine();
        try (Attachment attachment = publish(
                "c1", "front", "18000-18002:8000-8002", "127.0.0.1:18100:8001", "127.0.0.5:18101-18102:18101-18102")) {
            attachment.connect(machine.pid());
            for (String port : List.of("8000", "8001", "8002", "18102")) {
                host.endpointIn(machine, "tcp", "::", port);
            }

            for (int port : List.of(18000, 18001, 18002, 18100)) {
                host.callFromHost("127.0.0.1", port);
            }
            host.callFromHost("fd00:5::1", 18001);
            assertThrows(CommandException.class, () -> host.callFromHost("::1", 18001));
            host.callFromHost("127.0.0.5", 18102);
            assertThrows(CommandException.class, () -> host.callFromHost("127.0.0.1", 18102));
            assertThrows(CommandException.class, () -> host.callFromOutside(TestHost.HOST_ADDRESS, 18100));
        }
    }

    @Test
    void a_port_that_is_taken_is_named_before_the_machine_is_there() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = taken.getLocalPort();

            HarnessException failure =
                    assertThrows(HarnessException.class, () -> publish("c1", "bridge", port + ":80"));
            assertEquals(
                    "Tried to publish port " + port + "/tcp of the host, but it is in use already.",
                    failure.getMessage());
        }
        try (Attachment holder = publish("c1", "bridge", "127.0.0.1:18080:80")) {
            HarnessException failure =
                    assertThrows(HarnessException.class, () -> publish("c2", "bridge", "18070-18090:70-90"));
            assertTrue(failure.getMessage().contains("machine c1 publishes 127.0.0.1:18080:80/tcp"));
            publish("c2", "bridge", "18080:80/udp").close();
            assertFalse(holder.ports().isEmpty());
        }
        HarnessException elsewhere =
                assertThrows(HarnessException.class, () -> publish("c1", "bridge", "203.0.113.7:18080:80"));
        assertTrue(elsewhere.getMessage().contains("the host does not have that address"));
    }

    @Test
    void ports_of_the_host_are_chosen_for_all_that_is_exposed() throws IOException {
        NetworkSettings settings = new NetworkSettings(
                List.of(),
                List.of(PortMapping.parse("18080:80")),
                List.of("80", "53/udp"),
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of());
        try (Attachment attachment = networks.prepare(
                "c1", new NetworkOptions("box", List.of(), settings.exposing(List.of("90/tcp", "80"))))) {
            List<Integer> inside = new ArrayList<>();
            attachment.ports().forEach(port -> inside.add(port.port()));
            assertEquals(List.of(80, 53, 90), inside);
            assertTrue(attachment.ports().stream().allMatch(port -> port.hostPort() > 1024));
        }
    }

    @Test
    void ports_follow_a_machine_that_leaves_the_network_they_were_in() throws IOException {
        networks.users().create(NetworkDraft.of("front"));
        networks.users().create(NetworkDraft.of("back"));
        RunningCommand machine = host.machine();
        NetworkOptions options = new NetworkOptions(
                "box", List.of("web"), settings("front", "back").publish(List.of(PortMapping.parse("18080:80"))));
        try (Attachment attachment = networks.prepare("c1", options)) {
            attachment.connect(machine.pid());
            host.endpointIn(machine, "tcp", "0.0.0.0", "80");
            LiveConnections live = networks.users().live();

            assertEquals(attachment.connections().get(0).gateway(), host.callFromHost("127.0.0.1", 18080));
            live.disconnect("c1", machine.pid(), "front", options);
            assertEquals(attachment.connections().get(1).gateway(), host.callFromHost("127.0.0.1", 18080));
            live.disconnect("c1", machine.pid(), "back", options);
            assertFalse(host.rules("nat").contains("racker:c1"));
        }
    }

    private Attachment publish(String id, String network, String... ports) {
        List<PortMapping> all = new ArrayList<>();
        for (String port : ports) {
            all.add(PortMapping.parse(port));
        }
        return networks.prepare(
                id, new NetworkOptions("box", List.of(id), settings(network).publish(all)));
    }
}
