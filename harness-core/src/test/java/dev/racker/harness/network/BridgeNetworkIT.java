package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeNetworkIT {

    @TempDir
    Path run;

    private TestHost host;
    private Networks networks;
    private String before;

    @BeforeEach
    void start() throws IOException {
        host = new TestHost(run);
        networks = host.networks(run);
        before = host.state();
    }

    @AfterEach
    void end() throws IOException {
        try {
            assertEquals(before, host.state());
            assertEquals(Set.of("lock"), leftFiles());
            assertEquals(List.of(), host.processes("aardvark-dns"));
        } finally {
            host.close();
        }
    }

    @Test
    void a_machine_gets_address_route_gateway_and_nat() throws IOException {
        host.outsideEndpoint("tcp", TestHost.OUTSIDE_ADDRESS, "8080");
        RunningCommand machine = host.machine();
        try (Attachment attachment = prepare("c1")) {
            attachment.connect(machine.pid());

            String address = attachment.address().orElseThrow();
            String gateway = Subnet.text(Subnet.of(Subnet.parse(address)).gateway());
            assertTrue(host.inMachine(machine, "ip", "-4", "address", "show", "dev", "eth0")
                    .contains(address + "/20"));
            assertTrue(host.inMachine(machine, "ip", "route").startsWith("default via " + gateway + " dev eth0 "));
            host.endpoint("tcp", gateway, "8081");
            assertEquals(address, host.call(machine, gateway, 8081));
            assertEquals(TestHost.HOST_ADDRESS, host.call(machine, TestHost.OUTSIDE_ADDRESS, 8080));
            assertEquals("nameserver 192.0.2.53\n", attachment.resolvConf());
            assertEquals(List.of(), attachment.warnings());
        }
    }

    @Test
    void machines_reach_each_other() throws IOException {
        RunningCommand one = host.machine();
        RunningCommand two = host.machine();
        try (Attachment first = prepare("c1");
                Attachment second = prepare("c2")) {
            first.connect(one.pid());
            second.connect(two.pid());

            String neighbour = second.address().orElseThrow();
            host.inMachine(one, "timeout", "5", "bash", "-c", "echo x >/dev/udp/" + neighbour + "/9");
            String found = host.inMachine(one, "ip", "neighbour", "get", neighbour, "dev", "eth0");
            assertTrue(found.contains("02:72:"), found);
        }
    }

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
    void the_network_of_one_stays_when_another_ends_whatever_way() throws IOException {
        host.outsideEndpoint("tcp", TestHost.OUTSIDE_ADDRESS, "8080");
        RunningCommand staying = host.machine();
        try (Attachment stays = prepare("stays")) {
            stays.connect(staying.pid());
            RunningCommand ended = host.machine();
            Attachment closed = prepare("closed");
            closed.connect(ended.pid());
            RunningCommand killed = host.machine();
            Attachment dead = prepare("dead");
            dead.connect(killed.pid());

            closed.close();
            assertEquals("lo", links(ended));
            killed.close();
            dead.close();

            assertEquals(
                    1,
                    host.onHost("ip", "-o", "link", "show", "type", "veth", "master", bridge())
                            .lines()
                            .count());
            assertEquals(TestHost.HOST_ADDRESS, host.call(staying, TestHost.OUTSIDE_ADDRESS, 8080));
        }
    }

    @Test
    void the_gateway_keeps_its_hardware_address_whoever_comes_and_goes() throws IOException {
        try (Attachment stays = prepare("stays")) {
            stays.connect(host.machine().pid());
            String link = host.onHost("cat", "/sys/class/net/" + bridge() + "/address");
            for (int i = 0; i < 5; i++) {
                try (Attachment other = prepare("other")) {
                    other.connect(host.machine().pid());
                    assertEquals(link, host.onHost("cat", "/sys/class/net/" + bridge() + "/address"));
                }
                assertEquals(link, host.onHost("cat", "/sys/class/net/" + bridge() + "/address"));
            }
        }
    }

    @Test
    void all_goes_when_the_machine_died_first() throws IOException {
        RunningCommand machine = host.machine();
        Attachment attachment = prepare("c1");
        attachment.connect(machine.pid());

        machine.close();
        attachment.close();
        attachment.close();
    }

    @Test
    void the_teardown_command_does_all_alone_and_twice() throws IOException {
        RunningCommand machine = host.machine();
        Attachment attachment = prepare("c1");
        attachment.connect(machine.pid());
        Command teardown = Command.of(attachment.teardownCommand());

        machine.kill();
        new CommandRunner().run(teardown);
        new CommandRunner().run(teardown);
        attachment.close();
    }

    @Test
    void an_attachment_that_was_never_connected_leaves_nothing() {
        prepare("c1").close();
    }

    @Test
    void a_sweep_takes_away_what_a_crash_left_and_nothing_else() throws IOException {
        RunningCommand alive = host.machine();
        try (Attachment stays = prepare("stays")) {
            stays.connect(alive.pid());
            RunningCommand machine = host.machine();
            prepare("crashed").connect(machine.pid());
            prepare("prepared");
            machine.kill();

            host.networks(run).sweep("stays"::equals);

            Set<String> left = leftFiles();
            // What newer versions of netavark write for themselves: of the network, and of this one machine.
            left.removeIf(name ->
                    name.startsWith("firewall-") || name.matches("[0-9a-f]{64}") || name.matches("[0-9a-f]{64}_stays"));
            assertEquals(
                    Set.of(
                            "lock",
                            "up",
                            "chains",
                            "stays.json",
                            "stays.link",
                            stays.address().orElseThrow()),
                    left);
            assertTrue(links(alive).contains("eth0"));
        }
    }

    @Test
    void a_sweep_finishes_a_teardown_that_was_killed_half_way() throws IOException {
        for (int step = 0; step < 3; step++) {
            RunningCommand machine = host.machine();
            prepare("crashed").connect(machine.pid());
            host.inMachine(machine, "ip", "link", "delete", "eth0");
            if (step > 0) {
                host.onHost("ip", "link", "delete", bridge());
            }
            if (step > 1) {
                host.onHost("iptables", "-F", "NETAVARK_FORWARD");
            }

            networks.sweep(id -> false);

            assertEquals(before, host.state());
        }
    }

    @Test
    void machines_that_die_before_the_first_is_disconnected_leave_nothing() throws IOException {
        RunningCommand one = host.machine();
        RunningCommand two = host.machine();
        Attachment first = prepare("c1");
        Attachment second = prepare("c2");
        first.connect(one.pid());
        second.connect(two.pid());
        one.kill();
        two.kill();

        first.close();
        second.close();
    }

    @Test
    void a_container_that_starts_again_after_a_crash_gives_up_its_old_address() throws IOException {
        RunningCommand machine = host.machine();
        prepare("c1").connect(machine.pid());
        machine.kill();

        try (Attachment again = prepare("c1")) {
            assertEquals(1, Files.list(run.resolve("network/addresses")).count());
            again.connect(host.machine().pid());
        }
    }

    @Test
    void twenty_machines_come_and_go_at_the_same_time() throws Exception {
        host.outsideEndpoint("tcp", TestHost.OUTSIDE_ADDRESS, "8080");
        List<RunningCommand> machines = new ArrayList<>();
        List<Callable<Attachment>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RunningCommand machine = host.machine();
            String id = "c" + i;
            machines.add(machine);
            tasks.add(() -> {
                Attachment attachment = host.networks(run).prepare(NetworkMode.BRIDGE, id, NetworkOptions.of("h"));
                attachment.connect(machine.pid());
                return attachment;
            });
        }
        List<Attachment> attachments = together(tasks);
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            addresses.add(attachments.get(i).address().orElseThrow());
            assertEquals(TestHost.HOST_ADDRESS, host.call(machines.get(i), TestHost.OUTSIDE_ADDRESS, 8080));
        }
        assertEquals(20, addresses.size());
        long rules = host.rules("filter")
                .lines()
                .filter(rule -> rule.contains("/20"))
                .count();
        assertTrue(rules > 0 && rules < 6, "rules are made for the network, not for each machine: " + rules);

        // Each machine that goes makes place for one that comes, so that the last one is never known beforehand.
        List<Callable<Attachment>> changes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Attachment attachment = attachments.get(i);
            RunningCommand machine = machines.get(i);
            RunningCommand next = host.machine();
            String id = "d" + i;
            changes.add(() -> {
                machine.kill();
                attachment.close();
                Attachment other = host.networks(run).prepare(NetworkMode.BRIDGE, id, NetworkOptions.of("h"));
                other.connect(next.pid());
                assertEquals(TestHost.HOST_ADDRESS, host.call(next, TestHost.OUTSIDE_ADDRESS, 8080));
                other.close();
                return other;
            });
        }
        together(changes);
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
    void a_teardown_that_is_killed_at_any_step_can_be_finished() throws IOException {
        for (String program : List.of("flock", "readlink", "ip", "iptables-restore", "rm")) {
            for (String order : List.of("kill -9 $PPID", "%s; kill -9 $PPID")) {
                prepare("crashed").connect(host.machine().pid());

                Networks killed = host.networks(run, instead(program, order));
                assertThrows(HarnessException.class, () -> killed.sweep(id -> false), program + order);
                networks.sweep(id -> false);

                assertEquals(before, host.state(), program + order);
            }
        }
    }

    @Test
    void a_teardown_whose_transaction_was_cut_between_its_tables_can_be_finished() throws IOException {
        prepare("crashed").connect(host.machine().pid());
        host.onHost("iptables", "-F");
        host.onHost("iptables", "-X");
        assertTrue(host.rules("nat").contains("NETAVARK"));

        networks.sweep(id -> false);

        assertEquals(before, host.state());
    }

    @Test
    void a_setup_that_is_killed_at_any_step_is_taken_away() throws IOException {
        List<String> orders = List.of(
                "kill -9 $PPID", "%s; kill -9 $PPID", "%s; status=$?; [ \"$3\" != -A ] || kill -9 $PPID; exit $status");
        for (String program : List.of("flock", "iptables", "ip")) {
            for (String order : program.equals("iptables") ? orders : orders.subList(0, 2)) {
                RunningCommand machine = host.machine();
                Attachment attachment = host.networks(run, instead(program, order))
                        .prepare(NetworkMode.BRIDGE, "crashed", NetworkOptions.of("box"));
                try {
                    attachment.connect(machine.pid());
                    assertEquals("ip", program, "newer versions of netavark give the bridge its address themselves");
                } catch (HarnessException e) {
                    assertTrue(e.getMessage().contains("Tried to connect"), e.getMessage());
                }

                networks.sweep(id -> false);

                assertEquals(before, host.state(), program + order);
            }
        }
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

    @Test
    void names_resolve_when_the_server_of_the_host_listens_on_loopback_only() throws IOException {
        host.resolvConf("nameserver 127.0.0.1\nsearch lan\n");
        host.endpoint("dns", "127.0.0.1", "203.0.113.9");
        RunningCommand machine = host.machine();
        RunningCommand other = host.machine();
        try (Attachment attachment = prepare("c1")) {
            attachment.connect(machine.pid());
            Attachment second = prepare("c2");
            second.connect(other.pid());

            String gateway = Subnet.text(
                    Subnet.of(Subnet.parse(attachment.address().orElseThrow())).gateway());
            assertEquals("nameserver " + gateway + "\nsearch lan\n", attachment.resolvConf());
            assertEquals(List.of(), attachment.warnings());
            assertEquals(
                    "203.0.113.9", host.inMachine(machine, TestHost.endpointCommand("lookup", gateway, "a.example")));
            second.close();
            assertEquals(
                    "203.0.113.9", host.inMachine(machine, TestHost.endpointCommand("lookup", gateway, "b.example")));
            assertEquals(1, host.processes("aardvark-dns").size());
        }
    }

    @Test
    void a_process_in_the_network_of_this_one_is_refused() {
        try (Attachment attachment = prepare("c1")) {
            assertThrows(
                    HarnessException.class,
                    () -> attachment.connect(ProcessHandle.current().pid()));
        }
    }

    @Test
    void a_machine_that_ended_before_it_was_connected_is_told() throws IOException {
        RunningCommand machine = host.machine();
        machine.close();
        try (Attachment attachment = prepare("c1")) {
            HarnessException failure = assertThrows(HarnessException.class, () -> attachment.connect(machine.pid()));

            assertEquals(
                    "Tried to connect the machine c1 to a bridge, but it has ended already.", failure.getMessage());
        }
    }

    @Test
    void a_host_whose_settings_cannot_be_written_is_told_what_to_do() throws IOException {
        String readOnly = "mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys && exec \"$@\"";
        Networks restricted = host.networks(run, List.of("unshare", "--mount", "sh", "-c", readOnly, "sh"));
        RunningCommand machine = host.machine();
        Attachment attachment = restricted.prepare(NetworkMode.BRIDGE, "c1", NetworkOptions.of("box"));

        HarnessException failure = assertThrows(HarnessException.class, () -> attachment.connect(machine.pid()));

        assertTrue(failure.getMessage().contains("Read-only file system"), failure.getMessage());
        assertTrue(failure.hint().orElse("").contains("net.ipv4.ip_forward=1"));
        attachment.close();
    }

    @Test
    void what_netavark_says_is_told() throws IOException {
        RunningCommand machine = host.machine();
        host.inMachine(machine, "ip", "link", "add", "eth0", "type", "bridge");
        try (Attachment attachment = prepare("c1")) {
            HarnessException failure = assertThrows(HarnessException.class, () -> attachment.connect(machine.pid()));

            assertTrue(failure.getMessage().contains(", but netavark says: "), failure.getMessage());
            assertTrue(failure.getCause() instanceof CommandException);
        }
    }

    private Attachment prepare(String id) {
        return networks.prepare(NetworkMode.BRIDGE, id, NetworkOptions.of("box"));
    }

    /** What makes a shell program run in place of another; {@code %s} in it stands for the real one with its arguments. */
    private List<String> instead(String program, String text) throws IOException {
        Path directory = Files.createDirectories(run.resolve("instead-of-" + program));
        String real = "(PATH=${PATH#*:}; exec " + program + " \"$@\")";
        Path file = Files.writeString(directory.resolve(program), "#!/bin/sh\n" + text.replace("%s", real) + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return List.of("env", "PATH=" + directory + ":" + System.getenv("PATH"));
    }

    private static String range(Attachment attachment) {
        return Subnet.of(Subnet.parse(attachment.address().orElseThrow())).toString();
    }

    private String bridge() {
        return "racker-" + Integer.toHexString(run.toString().hashCode());
    }

    private String links(RunningCommand machine) {
        List<String> names = new ArrayList<>();
        host.inMachine(machine, "ip", "-o", "link")
                .lines()
                .forEach(line -> names.add(line.split(":? ")[1].split("@")[0]));
        return String.join(" ", names);
    }

    private Set<String> leftFiles() throws IOException {
        Set<String> names = new HashSet<>();
        try (var files = Files.walk(run.resolve("network"))) {
            files.filter(file -> !Files.isDirectory(file))
                    .map(file -> file.getFileName().toString())
                    .forEach(names::add);
        }
        return names;
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
