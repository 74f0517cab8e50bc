package dev.racker.harness.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.probe.UnitJudge.Judgement;
import dev.racker.harness.probe.UnitJudge.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What systemctl show of systemd 252 printed, and what is made of it. */
class UnitStatusTest {

    /** As they were asked for; bleibt.service is an alias of stay.service. */
    private static final List<String> CAPTURED = List.of(
            "ok",
            "systemd-journald.service",
            "dies",
            "loop",
            "cond",
            "once",
            "bleibt",
            "never",
            "masked",
            "bad",
            "nothere",
            "sock",
            "sock.socket");

    private static final List<UnitStatus> STATUSES = UnitStatus.parse(CAPTURED, read("show-bookworm.txt"));
    private static final Duration OLD = Duration.ofHours(1);

    static String read(String name) {
        try (InputStream in = UnitStatusTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static UnitStatus status(String unit) {
        return STATUSES.get(CAPTURED.indexOf(unit));
    }

    private static Judgement judge(String unit, String state, Duration age) {
        UnitExpectation expected = UnitExpectation.parse(unit + "=" + state, state);
        return new UnitJudge(expected, Duration.ofSeconds(2)).judge(status(unit), age);
    }

    @Test
    void a_reading_tells_all_of_a_unit() {
        UnitStatus dies = status("dies");

        assertEquals("dies.service", dies.name());
        assertEquals("failed (failed)", dies.state());
        assertEquals("exit-code", dies.result());
        assertEquals(3, dies.mainStatus());
        assertEquals("simple", dies.type());
        assertTrue(dies.hasRun());
        assertTrue(dies.activeSince() > 0);
        assertFalse(dies.hasJob());
        assertTrue(status("never").hasJob());
        assertEquals("stay.service", status("bleibt").id());
        assertTrue(status("bleibt").names().contains("bleibt.service"));
        assertEquals(List.of("sock.socket"), status("sock").triggers());
        assertEquals("", status("sock.socket").type());
    }

    @ParameterizedTest
    @CsvSource({
        "systemd-journald.service, active, PASS, active (running)",
        "systemd-journald.service, running, PASS, active (running)",
        "systemd-journald.service, static, PASS, static",
        "systemd-journald.service, enabled, FAIL, static",
        "systemd-journald.service, inactive, FAIL, active (running)",
        "systemd-journald.service, exited, FAIL, active (running)",
        "dies, active, FAIL, 'failed (Result: exit-code, status 3)'",
        "dies, failed, PASS, failed (failed)",
        "dies, inactive, FAIL, 'failed (Result: exit-code, status 3)'",
        "never, active, WAIT, activating (start)",
        "never, activating, PASS, activating (start)",
        "never, inactive, WAIT, activating (start)",
        "once, active, ASK, inactive (dead)",
        "once, inactive, PASS, inactive (dead)",
        "once, dead, PASS, inactive (dead)",
        "once, failed, FAIL, inactive (dead)",
        "bleibt, active, PASS, active (exited)",
        "bleibt, enabled, PASS, enabled",
        "masked, active, FAIL, masked: nothing can start it",
        "masked, masked, PASS, masked",
        "bad, active, FAIL, bad-setting: systemd refuses its unit file",
        "nothere, active, FAIL, not-found: there is no such unit",
        "nothere, inactive, FAIL, not-found: there is no such unit",
        "nothere, enabled, FAIL, not-found: there is no such unit",
        "nothere, not-found, PASS, not-found",
        "sock.socket, listening, PASS, active (listening)",
        "sock, active, ASK, inactive (dead)",
    })
    void a_reading_is_judged(String unit, String state, Outcome outcome, String actual) {
        assertEquals(new Judgement(outcome, actual), judge(unit, state, OLD));
    }

    @Test
    void a_service_that_was_only_started_must_settle() {
        assertEquals(
                Outcome.SETTLE, judge("ok", "active", Duration.ofMillis(1999)).outcome());
        assertEquals(Outcome.PASS, judge("ok", "active", Duration.ofSeconds(2)).outcome());
        assertEquals(Outcome.SETTLE, judge("ok", "running", Duration.ZERO).outcome());
        assertEquals(Outcome.WAIT, judge("ok", "failed", Duration.ZERO).outcome());
        assertEquals(Outcome.FAIL, judge("ok", "failed", OLD).outcome());
        assertEquals(
                Outcome.PASS,
                judge("systemd-journald.service", "active", Duration.ZERO).outcome());
    }

    @Test
    void a_service_that_systemd_restarts_fails() {
        Judgement judgement = judge("loop", "active", OLD);

        assertEquals(Outcome.FAIL, judgement.outcome());
        assertTrue(judgement.actual().contains("restart"), judgement.actual());
    }

    @Test
    void what_an_old_systemd_does_not_know_is_nothing() {
        String old = "Id=x.service\nNames=x.service\nLoadState=loaded\nActiveState=active\nSubState=running\n"
                + "Type=simple\nRestart=no\nJob=\nExecMainStatus=0\nActiveEnterTimestampMonotonic=17";
        UnitStatus status = UnitStatus.parse(List.of("x"), old).get(0);

        assertEquals(0, status.restarts());
        assertEquals(List.of(), status.triggers());
        assertEquals(17, status.activeSince());
    }

    @Test
    void an_answer_about_other_units_than_asked_for_is_refused() {
        assertThrows(UnlookableException.class, () -> UnitStatus.parse(List.of("a", "b"), "ActiveState=active"));
        assertThrows(UnlookableException.class, () -> UnitStatus.parse(List.of("a"), ""));
    }

    @Test
    void the_journal_tells_how_the_last_start_ended() {
        UnitHistory condition = UnitHistory.parse(read("history-condition.export"));
        assertTrue(condition.conditionFailed());
        assertFalse(condition.started());
        assertEquals(": ConditionPathExists=/nonexistent", condition.which());

        UnitHistory oneshot = UnitHistory.parse(read("history-oneshot.export"));
        assertTrue(oneshot.started());
        assertFalse(oneshot.conditionFailed());

        assertTrue(UnitHistory.parse(read("history-assertion.export")).assertFailed());
        assertFalse(UnitHistory.parse("").started());
    }

    @Test
    void before_systemd_251_the_condition_is_not_named() {
        UnitHistory history = UnitHistory.parse("JOB_TYPE=start\nJOB_RESULT=done\nMESSAGE=Condition check resulted in"
                + " Online ext4 Metadata Check being skipped.\n");

        assertTrue(history.conditionFailed());
        assertEquals("", history.which());
    }

    @Test
    void the_kernels_tables_tell_what_listens() {
        List<ListeningSockets.Socket> sockets = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            ListeningSockets.parse(table, read("proc-net-" + table + ".txt"), sockets);
        }

        assertEquals(
                List.of("tcp 127.0.0.1:7777", "tcp [::]:8080", "udp 0.0.0.0:68", "udp [::1]:5353"),
                sockets.stream().map(ListeningSockets.Socket::toString).toList());
    }
}
