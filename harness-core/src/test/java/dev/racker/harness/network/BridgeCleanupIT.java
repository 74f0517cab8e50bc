package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BridgeCleanupIT extends NetworkCase {

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
                    Set.of("up", "stays.json", "stays.link", stays.address().orElseThrow()), left);
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
}
