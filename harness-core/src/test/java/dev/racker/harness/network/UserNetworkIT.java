package dev.racker.harness.network;

import static dev.racker.harness.Eventually.eventually;
import static dev.racker.harness.Eventually.eventuallyNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserNetworkIT extends NetworkCase {

    @Test
    void names_and_aliases_resolve_between_machines_of_a_network() throws IOException {
        networks.users().create(NetworkDraft.of("front"));
        RunningCommand web = host.machine();
        RunningCommand db = host.machine();
        Attachment first = prepare("c1", "web", "front:alias=www");
        try (Attachment second = prepare("c2", "db", "front")) {
            first.connect(web.pid());
            second.connect(db.pid());

            String server = first.connections().get(0).gateway();
            assertEquals("nameserver " + server + "\n", first.resolvConf());
            assertEquals(second.address().orElseThrow(), lookup(web, server, "db"));
            assertEquals(first.address().orElseThrow(), lookup(db, server, "web"));
            assertEquals(first.address().orElseThrow(), lookup(db, server, "www"));
            assertEquals(1, host.processes("aardvark-dns").size());

            first.close();
            assertEquals("none", lookup(db, server, "web"));
            assertEquals(second.address().orElseThrow(), lookup(db, server, "db"));
        }
    }

    @Test
    void names_of_the_world_are_asked_of_the_hosts_servers_or_of_those_chosen() throws IOException {
        host.resolvConf("nameserver 127.0.0.1\nsearch lan\n");
        host.endpoint("dns", "127.0.0.1", "203.0.113.9");
        host.outsideEndpoint("dns", TestHost.OUTSIDE_ADDRESS, "203.0.113.53");
        networks.users().create(NetworkDraft.of("front"));
        RunningCommand plain = host.machine();
        RunningCommand choosing = host.machine();
        NetworkSettings settings = settings("front").ask(List.of(TestHost.OUTSIDE_ADDRESS));
        try (Attachment first = prepare("c1", "web", "front");
                Attachment second = networks.prepare("c2", new NetworkOptions("box", List.of("chooser"), settings))) {
            first.connect(plain.pid());
            second.connect(choosing.pid());

            String server = first.connections().get(0).gateway();
            assertEquals("203.0.113.9", lookup(plain, server, "a.example"));
            assertEquals("203.0.113.53", lookup(choosing, server, "a.example"));
            assertEquals(first.address().orElseThrow(), lookup(choosing, server, "web"));
        }
    }

    @Test
    void a_machine_gets_the_addresses_that_it_wants_and_no_other_machine_gets_them() throws IOException {
        networks.users()
                .create(new NetworkDraft(
                        "front",
                        List.of("10.211.7.0/24", "fd00:211:7::/64"),
                        List.of("10.211.7.254"),
                        List.of("10.211.7.128/25"),
                        false,
                        true,
                        Map.of(),
                        Map.of(NetworkDefinition.MTU, "1400")));
        RunningCommand machine = host.machine();
        RunningCommand other = host.machine();
        try (Attachment fixed = prepare("c1", "web", "front:ip=10.211.7.9,ip6=fd00:211:7::99,mac=02:00:00:00:00:07");
                Attachment any = prepare("c2", "db", "front")) {
            fixed.connect(machine.pid());
            any.connect(other.pid());

            String link = host.inMachine(machine, "ip", "address", "show", "dev", "eth0");
            assertTrue(link.contains("inet 10.211.7.9/24") && link.contains("inet6 fd00:211:7::99/64"), link);
            assertTrue(link.contains("02:00:00:00:00:07") && link.contains("mtu 1400"), link);
            assertEquals("10.211.7.128", any.address().orElseThrow());
            assertEquals("fd00:211:7::80", any.connections().get(0).address6());
            assertEquals(any.connections(), Connections.read(run, "c2").networks());
            host.endpointIn(other, "tcp", "fd00:211:7::80", "8080");
            assertEquals("fd00:211:7:0:0:0:0:99", host.call(machine, "fd00:211:7::80", 8080));
            HarnessException taken =
                    assertThrows(HarnessException.class, () -> prepare("c3", "x", "front:ip=10.211.7.9"));
            assertTrue(taken.getMessage().contains("10.211.7.9")
                    && taken.getMessage().contains("c1"));
            HarnessException outside =
                    assertThrows(HarnessException.class, () -> prepare("c3", "x", "front:ip=10.212.0.9"));
            assertTrue(outside.getMessage().contains("10.211.7.0/24"), outside.getMessage());
        }
    }

    @Test
    void machines_of_different_networks_do_not_reach_each_other_and_all_reach_the_world() throws IOException {
        host.outsideEndpoint("tcp", TestHost.OUTSIDE_ADDRESS, "8080");
        networks.users().create(NetworkDraft.of("one"));
        networks.users().create(NetworkDraft.of("two"));
        RunningCommand first = host.machine();
        RunningCommand second = host.machine();
        RunningCommand both = host.machine();
        try (Attachment one = prepare("c1", "a", "one");
                Attachment two = prepare("c2", "b", "two");
                Attachment three = prepare("c3", "c", "two", "one")) {
            one.connect(first.pid());
            two.connect(second.pid());
            three.connect(both.pid());

            String other = two.address().orElseThrow();
            host.endpointIn(second, "tcp", other, "8081");
            assertFalse(host.answers(first, other, 8081));
            assertEquals(three.connections().get(0).address(), host.call(both, other, 8081));
            assertEquals(TestHost.HOST_ADDRESS, host.call(first, TestHost.OUTSIDE_ADDRESS, 8080));
            String way = host.inMachine(both, "ip", "route", "get", TestHost.OUTSIDE_ADDRESS);
            assertTrue(way.contains("dev eth0 "), way);
            String server = three.connections().get(0).gateway();
            assertEquals(one.address().orElseThrow(), lookup(both, server, "a"));
            assertEquals(other, lookup(both, server, "b"));
        }
    }

    @Test
    void an_internal_network_leads_nowhere() throws IOException {
        host.outsideEndpoint("tcp", TestHost.OUTSIDE_ADDRESS, "8080");
        networks.users()
                .create(new NetworkDraft("inner", List.of(), List.of(), List.of(), true, false, Map.of(), Map.of()));
        RunningCommand machine = host.machine();
        try (Attachment attachment = prepare("c1", "a", "inner")) {
            attachment.connect(machine.pid());

            assertEquals("", host.inMachine(machine, "ip", "route", "show", "default"));
            assertFalse(host.answers(machine, TestHost.OUTSIDE_ADDRESS, 8080));
        }
    }

    @Test
    void a_machine_that_runs_is_connected_and_disconnected() throws IOException {
        host.outsideEndpoint("tcp", TestHost.OUTSIDE_ADDRESS, "8080");
        networks.users().create(NetworkDraft.of("front"));
        RunningCommand web = host.machine();
        RunningCommand late = host.machine();
        NetworkOptions options = new NetworkOptions("box", List.of("late"), NetworkSettings.defaults());
        try (Attachment first = prepare("c1", "web", "front");
                Attachment second = networks.prepare("c2", options)) {
            first.connect(web.pid());
            second.connect(late.pid());
            LiveConnections live = networks.users().live();
            String hosts = Files.readString(Path.of("/etc/resolv.conf"));

            live.connect("c2", late.pid(), NetworkRequest.parse("front:alias=tardy"), options);
            assertEquals(hosts, Files.readString(Path.of("/etc/resolv.conf")), "it has the host's files");

            String server = first.connections().get(0).gateway();
            Connection place = Connections.read(run, "c2").networks().get(1);
            assertEquals(place.address(), lookup(web, server, "tardy"));
            assertEquals(first.address().orElseThrow(), lookup(late, server, "web"));
            assertTrue(host.inMachine(late, "ip", "route", "get", TestHost.OUTSIDE_ADDRESS)
                    .contains("dev eth0 "));
            assertThrows(
                    HarnessException.class, () -> live.connect("c2", late.pid(), NetworkRequest.of("front"), options));

            live.disconnect("c2", late.pid(), "front", options);

            assertFalse(host.inMachine(late, "ip", "link").contains("eth1"));
            assertEquals("none", lookup(web, server, "late"));
            live.connect("c2", late.pid(), NetworkRequest.of("front"), options);
            live.disconnect("c2", late.pid(), "bridge", options);
            assertFalse(host.inMachine(late, "ip", "link").contains("eth0"));
            assertEquals(TestHost.HOST_ADDRESS, host.call(late, TestHost.OUTSIDE_ADDRESS, 8080));
            live.connect("c2", late.pid(), NetworkRequest.of("bridge"), options);
            assertEquals(2, Connections.read(run, "c2").networks().size());
            assertTrue(host.inMachine(late, "ip", "route", "get", TestHost.OUTSIDE_ADDRESS)
                    .contains("dev eth1 "));
        }
    }

    @Test
    void a_network_in_use_is_not_removed_and_one_that_is_not_goes() throws IOException {
        NetworkDefinition front = networks.users().create(NetworkDraft.of("front"));
        try (Attachment attachment = prepare("c1", "web", "front")) {
            attachment.connect(host.machine().pid());

            NetworkInUseException failure = assertThrows(
                    NetworkInUseException.class, () -> networks.users().remove("front"));
            assertTrue(failure.getMessage().contains("network front has active endpoints: web"));
            assertEquals(List.of(), networks.users().prune(network -> true));
            assertEquals("c1", networks.users().endpoints(front).get(0).containerId());
        }
        networks.users().remove(front.shortId());
        assertThrows(NoSuchNetworkException.class, () -> networks.users().get("front"));
        assertTrue(Files.notExists(run.resolve("network/networks").resolve(front.shortId())));
    }

    @Test
    void a_sweep_takes_away_what_a_crash_left_in_several_networks() throws IOException {
        networks.users().create(NetworkDraft.of("one"));
        networks.users()
                .create(new NetworkDraft("two", List.of(), List.of(), List.of(), false, true, Map.of(), Map.of()));
        RunningCommand stays = host.machine();
        RunningCommand dies = host.machine();
        try (Attachment staying = prepare("stays", "web", "one")) {
            staying.connect(stays.pid());
            NetworkSettings settings = settings("one", "bridge", "two")
                    .publish(List.of(PortMapping.parse("18080:80"), PortMapping.parse("19090:90/udp")));
            networks.prepare("crashed", new NetworkOptions("box", List.of("db"), settings))
                    .connect(dies.pid());
            prepare("prepared", "x", "two", "one");
            assertTrue(host.rules("nat").contains("racker:crashed"));
            dies.kill();

            host.networks(run).sweep("stays"::equals);

            String server = staying.connections().get(0).gateway();
            assertEquals(staying.address().orElseThrow(), lookup(stays, server, "web"));
            assertEquals("none", lookup(stays, server, "db"));
            assertFalse(host.rules("nat").contains("racker:crashed"));
            assertEquals(
                    Set.of("stays"),
                    Set.of(run.resolve("network/members").toFile().list()));
        }
    }

    @Test
    void a_teardown_that_is_killed_at_any_step_can_be_finished() throws IOException {
        networks.users()
                .create(new NetworkDraft("two", List.of(), List.of(), List.of(), false, true, Map.of(), Map.of()));
        for (String program : List.of("flock", "grep", "ip", "iptables-restore", "ip6tables-restore", "rm")) {
            NetworkSettings settings = settings("two").publish(List.of(PortMapping.parse("18080:80")));
            networks.prepare("crashed", new NetworkOptions("box", List.of("db"), settings))
                    .connect(host.machine().pid());

            Networks killed = host.networks(run, instead(program, "%s; kill -9 $PPID"));
            assertThrows(HarnessException.class, () -> killed.sweep(id -> false), program);
            networks.sweep(id -> false);

            assertEquals(before, host.state(), program);
            eventuallyNothing(() -> host.processes("aardvark-dns"));
        }
    }

    @Test
    void a_server_of_names_that_has_not_written_its_number_down_is_found() throws IOException {
        networks.users().create(NetworkDraft.of("front"));
        Attachment attachment = prepare("c1", "web", "front");
        attachment.connect(host.machine().pid());
        Path number = run.resolve("network/names/aardvark.pid");
        eventually("its number", () -> Files.exists(number));
        Files.delete(number);

        Attachment second = prepare("c2", "db", "front");
        second.connect(host.machine().pid());
        assertEquals(1, host.processes("aardvark-dns").size());
        second.close();
        attachment.close();
    }

    @Test
    void the_teardown_command_does_all_alone_and_twice_also_what_was_connected_later() throws IOException {
        networks.users().create(NetworkDraft.of("front"));
        RunningCommand machine = host.machine();
        NetworkOptions options = NetworkOptions.of("box");
        Attachment attachment = networks.prepare("c1", options);
        attachment.connect(machine.pid());
        networks.users().live().connect("c1", machine.pid(), NetworkRequest.of("front"), options);
        Command teardown = Command.of(attachment.teardownCommand());

        machine.kill();
        new CommandRunner().run(teardown);
        assertEquals(before, host.state());
        new CommandRunner().run(teardown);
        attachment.close();
    }

    @Test
    void a_range_that_somebody_has_is_refused_with_who_has_it() {
        networks.users()
                .create(new NetworkDraft(
                        "one", List.of("10.211.0.0/16"), List.of(), List.of(), false, false, Map.of(), Map.of()));

        assertOverlaps("10.211.5.0/24", "10.211.0.0/16 of network one.");
        assertOverlaps("198.51.100.0/25", "198.51.100.0/24 of the host, by way of out0.");
        assertOverlaps(bridgeRange(), bridgeRange() + " of network bridge.");
    }

    private String bridgeRange() {
        return networks.users().get("bridge").subnets().get(0).subnet();
    }

    private void assertOverlaps(String subnet, String what) {
        NetworkDraft draft =
                new NetworkDraft("x", List.of(subnet), List.of(), List.of(), false, false, Map.of(), Map.of());
        HarnessException failure =
                assertThrows(HarnessException.class, () -> networks.users().create(draft));
        assertTrue(failure.getMessage().endsWith("overlaps " + what), failure.getMessage());
    }

    private String lookup(RunningCommand machine, String server, String name) {
        return host.inMachine(machine, TestHost.endpointCommand("lookup", server, name));
    }
}
