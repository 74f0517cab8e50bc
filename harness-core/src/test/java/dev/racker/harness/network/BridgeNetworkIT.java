package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BridgeNetworkIT extends NetworkCase {

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
