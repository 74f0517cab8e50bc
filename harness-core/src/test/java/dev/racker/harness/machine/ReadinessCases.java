package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Waits for units and ports of a booted machine, and its journal. */
abstract class ReadinessCases {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Machine machine;

    ReadinessCases(Machine machine) {
        this.machine = machine;
    }

    @Test
    void an_active_unit_is_ready_at_once() {
        machine.readiness().awaitUnit("systemd-journald.service", Duration.ZERO);
    }

    @Test
    void a_unit_is_waited_for() {
        machine.run(
                "systemd-run",
                "--unit=slow-start",
                "--service-type=oneshot",
                "--remain-after-exit",
                "--no-block",
                "sleep",
                "0.5");

        machine.readiness().awaitUnit("slow-start.service", SOON);

        assertEquals(
                "active", machine.run("systemctl", "is-active", "slow-start").text());
    }

    @Test
    void a_unit_that_fails_ends_the_wait_and_its_journal_is_told() {
        // Never active, not even for the moment that a simple service would be.
        machine.run(
                "systemd-run",
                "--unit=fails",
                "--service-type=oneshot",
                "--no-block",
                "sh",
                "-c",
                "echo my last words; exit 3");

        HarnessException failure =
                assertThrows(HarnessException.class, () -> machine.readiness().awaitUnit("fails.service", SOON));

        assertTrue(failure.getMessage().contains("my last words"), failure.getMessage());
        machine.run("systemctl", "reset-failed", "fails.service");
    }

    @Test
    void a_unit_that_is_not_there_ends_the_wait() {
        HarnessException failure =
                assertThrows(HarnessException.class, () -> machine.readiness().awaitUnit("no-such.service", SOON));

        assertTrue(failure.getMessage().contains("no-such.service"), failure.getMessage());
    }

    @Test
    void a_unit_that_is_inactive_is_told_at_the_deadline() {
        HarnessException failure = assertThrows(
                HarnessException.class, () -> machine.readiness().awaitUnit("rescue.service", Duration.ofMillis(200)));

        assertTrue(failure.getMessage().contains("rescue.service"), failure.getMessage());
    }

    @Test
    void a_port_is_waited_for() {
        machine.run(
                "sh",
                "-c",
                "echo '[Socket]\nListenStream=127.0.0.1:4321' >/run/systemd/system/port.socket;"
                        + "echo '[Service]\nExecStart=/bin/true' >/run/systemd/system/port.service; systemctl daemon-reload");
        HarnessException failure =
                assertThrows(HarnessException.class, () -> machine.readiness().awaitPort(4321, Duration.ofMillis(100)));
        assertTrue(failure.getMessage().contains("port 4321"), failure.getMessage());

        machine.run("systemctl", "start", "port.socket");
        machine.readiness().awaitPort(4321, SOON);
    }

    @Test
    void the_journal_is_read_as_a_whole_and_for_a_unit() {
        machine.run("systemd-run", "--wait", "--unit=talks", "echo", "hello journal");
        machine.run("journalctl", "--sync");

        assertTrue(machine.journal().tail("talks.service", 10).contains("hello journal"));
        assertTrue(machine.journal().tail(200).contains("hello journal"));
        assertEquals(2, machine.journal().tail(2).split("\n").length);
    }
}
