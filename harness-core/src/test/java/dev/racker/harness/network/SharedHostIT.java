package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SharedHostIT extends NetworkCase {

    @Test
    void a_host_that_drops_what_it_forwards_still_lets_machines_out() throws IOException {
        host.onHost("iptables", "-P", "FORWARD", "DROP");
        before = host.state();
        host.outsideEndpoint("tcp", TestHost.OUTSIDE_ADDRESS, "8080");
        RunningCommand machine = host.machine();
        try (Attachment attachment = prepare("c1")) {
            attachment.connect(machine.pid());

            assertEquals(TestHost.HOST_ADDRESS, host.call(machine, TestHost.OUTSIDE_ADDRESS, 8080));
        }
    }

    @Test
    void the_chains_and_bridges_of_another_tool_are_left_alone() throws IOException {
        host.onHost("ip", "link", "add", "podman0", "type", "bridge");
        host.onHost("iptables", "-N", "NETAVARK_FORWARD");
        host.onHost(
                "iptables",
                "-A",
                "FORWARD",
                "-m",
                "comment",
                "--comment",
                "netavark firewall plugin rules",
                "-j",
                "NETAVARK_FORWARD");
        host.onHost("iptables", "-A", "NETAVARK_FORWARD", "-s", "10.88.0.0/16", "-j", "ACCEPT");
        for (String chain : List.of("SETMARK", "MASQ", "DNAT")) {
            host.onHost("iptables", "-t", "nat", "-N", "NETAVARK-HOSTPORT-" + chain);
        }
        String rules = host.rules("filter");

        RunningCommand machine = host.machine();
        String range;
        try (Attachment attachment = prepare("c1")) {
            range = range(attachment);
            attachment.connect(machine.pid());
        }

        // Newer versions of netavark complete the chains of an older one with rules that belong to no network.
        String left = host.rules("filter");
        assertTrue(left.lines().toList().containsAll(rules.lines().toList()), left);
        assertFalse(left.contains(range) || left.contains(bridge()), left);
        for (String rule : host.rules("nat").split("\n")) {
            assertTrue(rule.startsWith("-P ") || rule.contains("NETAVARK-HOSTPORT-"), rule);
        }
        assertTrue(host.rules("nat").contains("-N NETAVARK-HOSTPORT-DNAT"));
        before = host.state();
    }

    @Test
    void chains_of_ours_that_another_tool_began_to_use_are_left_to_it() throws IOException {
        RunningCommand machine = host.machine();
        try (Attachment attachment = prepare("c1")) {
            attachment.connect(machine.pid());
            host.onHost("iptables", "-A", "NETAVARK_FORWARD", "-s", "10.88.0.0/16", "-j", "ACCEPT");
        }

        assertTrue(host.rules("filter").contains("-A NETAVARK_FORWARD -s 10.88.0.0/16 -j ACCEPT"));
        assertTrue(host.rules("filter").contains("-j NETAVARK_FORWARD"));
        assertFalse(host.rules("filter").contains("/20"));
        before = host.state();
    }

    @Test
    void chains_of_ours_in_which_another_network_lives_keep_what_it_needs() throws IOException {
        RunningCommand machine = host.machine();
        String nat;
        try (Attachment attachment = prepare("c1")) {
            attachment.connect(machine.pid());
            String range = range(attachment);
            nat = host.rules("nat");
            host.onHost("iptables", "-t", "nat", "-N", "NETAVARK-1D8721804F16F");
            for (String rule : List.of(
                    "POSTROUTING -s 10.88.0.0/16 -j NETAVARK-1D8721804F16F",
                    "NETAVARK-1D8721804F16F -d 10.88.0.0/16 -j ACCEPT",
                    "NETAVARK-1D8721804F16F ! -d 224.0.0.0/4 -j MASQUERADE")) {
                host.onHost(("iptables -t nat -A " + rule).split(" "));
            }
            List<String> kept = new ArrayList<>();
            String chain = nat.lines()
                    .filter(rule -> rule.startsWith("-A POSTROUTING -s " + range))
                    .findFirst()
                    .orElseThrow()
                    .split("-j NETAVARK-")[1];
            for (String rule : host.rules("nat").split("\n")) {
                if (!rule.contains(chain)) {
                    kept.add(rule);
                }
            }
            nat = String.join("\n", kept);
        }

        assertEquals(nat, host.rules("nat").strip());
        assertTrue(host.rules("filter").contains("-N NETAVARK_FORWARD"));
        assertFalse(host.rules("filter").contains("/20"));
        before = host.state();
    }

    @Test
    void of_two_stores_on_one_host_the_last_one_takes_the_chains_away() throws Exception {
        Networks other = host.networks(Files.createDirectory(run.resolve("other")));
        Attachment first = prepare("c1");
        first.connect(host.machine().pid());
        Attachment second = other.prepare(NetworkMode.BRIDGE, "c2", NetworkOptions.of("box"));
        second.connect(host.machine().pid());

        first.close();

        assertTrue(host.rules("filter").contains("-A NETAVARK_FORWARD -s " + range(second)));
        second.close();
    }

    @Test
    void two_stores_whose_machines_come_and_go_at_once_leave_nothing() throws Exception {
        Networks other = host.networks(Files.createDirectory(run.resolve("other")));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Void> mine = threads.submit(() -> comeAndGo(networks, "c1"));
            Future<Void> others = threads.submit(() -> comeAndGo(other, "c2"));
            mine.get();
            others.get();
        } finally {
            threads.shutdown();
        }
    }

    private Void comeAndGo(Networks mine, String id) throws IOException {
        for (int round = 0; round < 6; round++) {
            RunningCommand machine = host.machine();
            try (Attachment attachment = mine.prepare(NetworkMode.BRIDGE, id, NetworkOptions.of("box"))) {
                attachment.connect(machine.pid());
            }
            machine.kill();
        }
        return null;
    }

    @Test
    void rules_of_the_user_that_name_the_range_are_left_alone() throws IOException {
        try (Attachment attachment = prepare("c1")) {
            attachment.connect(host.machine().pid());
            String range = range(attachment);
            host.onHost("iptables", "-A", "INPUT", "-s", range, "-j", "ACCEPT");
            host.onHost("iptables", "-A", "INPUT", "-m", "comment", "--comment", "as NETAVARK does", "-j", "ACCEPT");
            host.onHost("iptables", "-F", "NETAVARK_FORWARD");
        }

        assertEquals(
                2,
                host.rules("filter")
                        .lines()
                        .filter(rule -> rule.startsWith("-A INPUT"))
                        .count());
        assertFalse(host.rules("filter").contains("NETAVARK_FORWARD"));
        before = host.state();
    }

    @Test
    void a_link_of_the_user_on_the_bridge_stays() throws IOException {
        try (Attachment attachment = prepare("c1")) {
            attachment.connect(host.machine().pid());
            host.onHost("ip", "link", "add", "user0", "type", "veth", "peer", "name", "user1");
            host.onHost("ip", "link", "set", "user0", "master", bridge());
        }

        host.onHost("ip", "link", "delete", "user0");
    }

    @Test
    void rules_are_taken_away_in_one_transaction_and_only_with_the_last_machine() throws IOException {
        Path log = run.resolve("log");
        Networks watched = host.networks(run, instead("iptables-restore", "echo restore >>" + log + "; %s"));
        for (String id : List.of("c1", "c2")) {
            prepare(id).connect(host.machine().pid());
        }

        watched.sweep("c2"::equals);
        assertTrue(Files.notExists(log));
        watched.sweep(id -> false);
        assertEquals(List.of("restore"), Files.readAllLines(log));
    }

    @Test
    void the_chains_go_with_the_last_machine_even_when_a_bridge_outlived_them() throws IOException {
        Networks hindered = host.networks(run, instead("ip", "case $* in *-batch*) exit 1 ;; esac; %s"));
        prepare("c1").connect(host.machine().pid());
        assertThrows(HarnessException.class, () -> hindered.sweep(id -> false));
        prepare("c2").connect(host.machine().pid());

        networks.sweep(id -> false);
    }

    @Test
    void nothing_changes_single_rules_when_a_machine_goes() throws IOException {
        Path log = run.resolve("log");
        Networks watched = host.networks(run, instead("iptables", "echo \"$*\" >>" + log + "; %s"));
        prepare("c1").connect(host.machine().pid());

        watched.sweep(id -> false);

        assertTrue(Files.notExists(log));
    }

    @Test
    void what_netavark_tells_other_services_is_taken_back() throws IOException {
        Path told = run.resolve("told");
        Path settings = Path.of("/run/sysctl.d/10-netavark-" + bridge() + ".conf");
        boolean made = Files.notExists(settings.getParent());
        Attachment attachment = prepare("c1");
        attachment.connect(host.machine().pid());
        String busctl = "case $* in *getZoneOfSource*) echo 's \"trusted\"' ;; *) echo \"$*\" >>" + told + " ;; esac";
        List<String> fakes = new ArrayList<>(instead("firewalld", "exit 1"));
        instead("busctl", busctl);
        fakes.addAll(List.of("sh", "-c", "PATH=$0:$PATH; exec \"$@\"", run + "/instead-of-busctl"));
        Networks watched = host.networks(run, fakes);
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, "net.ipv4.ip_forward=1\n");
        try {
            watched.sweep(id -> false);

            assertTrue(Files.notExists(settings));
            assertTrue(Files.readString(told).endsWith(".zone removeSource ss trusted " + range(attachment) + "\n"));
        } finally {
            Files.deleteIfExists(settings);
            if (made) {
                Files.delete(settings.getParent());
            }
        }
    }
}
