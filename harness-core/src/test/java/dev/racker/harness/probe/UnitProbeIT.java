package dev.racker.harness.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.Harness;
import dev.racker.harness.TestImage;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.process.CommandRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each state that a unit can be in, in a booted Debian. */
@ExtendWith(TestImage.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnitProbeIT extends UnitProbeCase {

    private TestImage image;
    private Container container;
    private Machine machine;

    @BeforeAll
    void boot(TestImage shared) {
        image = shared;
        container = image.boot(image.changed("units:1", UNITS));
        machine = container.machine();
    }

    @AfterAll
    void end() {
        container.close();
        assertEquals(List.of(), image.leftovers());
    }

    private void start(String... units) {
        for (String unit : units) {
            machine.tool(List.of("systemctl", "start", "--no-block", unit), Duration.ofSeconds(10));
        }
    }

    private ProbeContext patient(Duration settle) {
        return patient(machine, Duration.ofSeconds(20), settle);
    }

    private ProbeResult check(String text) {
        return check(text, patient(ProbeContext.DEFAULT_SETTLE));
    }

    @Test
    void a_unit_that_is_as_expected_costs_one_process() {
        List<String> commands = new CopyOnWriteArrayList<>();
        Harness counted = TestImage.open(image.directories(), new CommandRunner(line -> {
            image.learn(line);
            commands.add(line);
        }));
        try (Container other = counted.launch(
                ImageReference.parse(TestImage.DEBIAN),
                image.debian(),
                ContainerOptions.defaults().on(NetworkMode.NONE))) {
            commands.clear();

            check("systemd-journald", patient(other.machine(), Duration.ofSeconds(20), Duration.ofHours(1)));

            assertEquals(1, commands.size(), commands::toString);
        }
    }

    // Active

    @Test
    void a_service_that_has_said_that_it_is_ready_need_not_settle() {
        assertResult(Verdict.PASS, "active (running)", check("systemd-journald", patient(Duration.ofHours(1))));
    }

    @Test
    void a_service_that_was_only_started_passes_when_it_has_been_up_for_a_while() {
        start("steady");

        assertResult(Verdict.PASS, "active (running)", check("steady", patient(Duration.ofSeconds(1))));

        ProbeResult again = check("steady", patient(Duration.ofSeconds(1)));
        assertTrue(again.duration().toMillis() < 900, "it had settled: " + again);
        assertTrue(UnitStatus.of(machine, "steady").activeSince() > 0);
    }

    @Test
    void a_service_that_dies_after_a_second_is_found_out() {
        start("dies");

        ProbeResult result = check("dies");

        assertResult(Verdict.FAIL, "failed (Result: exit-code, status 3)", result);
        assertTrue(result.detail().contains("Main PID:"), result.detail());
        assertTrue(result.detail().contains("Main process exited"), result.detail());
    }

    @Test
    void a_service_that_is_expected_to_fail_is_given_the_time_to() {
        start("dies-too");

        assertResult(Verdict.PASS, "failed", check("dies-too=failed"));
    }

    @Test
    void a_service_that_is_started_again_and_again_fails_at_once() {
        start("loop");

        ProbeResult result = check("loop", patient(Duration.ofSeconds(5)));

        assertEquals(Verdict.FAIL, result.verdict(), result::toString);
        assertTrue(result.actual().contains("restart"), result::toString);
        assertTrue(result.duration().toSeconds() < 5, result::toString);
        machine.tool(List.of("systemctl", "stop", "loop"), Duration.ofSeconds(10));
    }

    @Test
    void a_service_that_systemd_had_to_restart_has_not_passed() {
        start("flaps");
        machine.readiness().awaitUnit("flaps.service", Duration.ofSeconds(10));
        ProbeResult result = check("flaps");

        assertEquals(Verdict.FAIL, result.verdict(), result::toString);
        assertTrue(
                result.actual().contains("restarted by systemd once (Restart=on-failure)")
                        || result.actual().contains("auto-restart"),
                result::toString);
    }

    @Test
    void a_service_that_takes_its_time_to_start_is_waited_for() {
        start("slow");

        assertResult(Verdict.PASS, "active (running)", check("slow", patient(Duration.ZERO)));
    }

    @Test
    void a_service_that_never_gets_ready_fails_at_the_timeout() {
        start("never-ready");

        assertResult(
                Verdict.FAIL,
                "still activating (start) after 0.7 s",
                check("never-ready", patient(machine, Duration.ofMillis(700), Duration.ZERO)));
    }

    @ParameterizedTest
    @CsvSource({
        "enabled, running",
        "other-name, running",
        "stays, active",
        "stays, exited",
        "stays, inactive",
        "-.mount, mounted",
        "wanted.socket, listening",
    })
    void other_active_states_are_told_apart(String unit, String state) {
        start("stays", "wanted.socket");
        ProbeResult result = check(unit + "=" + state);

        assertEquals(state.equals("inactive") ? Verdict.FAIL : Verdict.PASS, result.verdict(), result::toString);
    }

    // Inactive

    @Test
    void a_oneshot_that_has_ended_well_counts_as_active() {
        start("once");
        machine.tool(List.of("systemctl", "start", "once"), Duration.ofSeconds(10));

        assertResult(Verdict.PASS, "has finished", check("once"));
        assertResult(Verdict.PASS, "inactive (dead)", check("once=inactive"));
    }

    @Test
    void a_oneshot_that_has_failed_does_not() {
        start("once-badly");

        assertResult(Verdict.FAIL, "failed (Result: exit-code, status 4)", check("once-badly"));
    }

    @Test
    void a_oneshot_that_nobody_has_started_does_not() {
        assertResult(Verdict.FAIL, "nothing has started it", check("never-run"));
    }

    @ParameterizedTest
    @CsvSource({"condition", "at-boot"})
    void a_condition_that_was_not_met_is_told(String unit) {
        start(unit);

        assertResult(Verdict.FAIL, "a condition was not met: ConditionPathExists=/nonexistent", check(unit));
    }

    @Test
    void an_assertion_that_did_not_hold_is_told() {
        start("assertion");

        assertResult(Verdict.FAIL, "an assertion did not hold", check("assertion"));
    }

    @Test
    void what_would_start_a_unit_on_demand_is_told() {
        start("wanted.socket");

        assertResult(Verdict.FAIL, "wanted.socket would start it", check("wanted"));
    }

    @Test
    void a_masked_unit_fails_unless_it_should_be_masked() {
        assertResult(Verdict.FAIL, "masked", check("masked"));
        assertResult(Verdict.PASS, "masked", check("masked=masked"));
    }

    @Test
    void a_unit_file_that_systemd_refuses_fails() {
        assertResult(Verdict.FAIL, "bad-setting", check("broken"));
    }

    @Test
    void an_unknown_unit_fails_with_near_names() {
        assertResult(Verdict.FAIL, "no such unit; near it: systemd-journald.service", check("systemd-jornald"));
        assertResult(Verdict.FAIL, "systemd-journald.service", check("journald"));
        assertResult(Verdict.PASS, "not-found", check("systemd-jornald=not-found"));
    }

    // Files

    @ParameterizedTest
    @CsvSource({
        "enabled, enabled",
        "disabled, disabled",
        "steady, static",
        "template@, static",
        "systemd-journald, static",
    })
    void states_of_unit_files_are_compared(String unit, String state) {
        assertResult(Verdict.PASS, state, check(unit + "=" + state));
        ProbeResult other = check(unit + "=" + (state.equals("static") ? "enabled" : "static"));
        assertResult(Verdict.FAIL, state, other);
    }

    @Test
    void an_unknown_template_fails() {
        assertResult(Verdict.FAIL, "no such unit; near it: template@.service", check("templat@=static"));
    }

    @Test
    void several_units_are_read_at_once_in_their_order() {
        List<UnitStatus> read = UnitStatus.of(machine, List.of("no-such", "other-name", "run-lock.mount"));

        assertEquals("not-found", read.get(0).loadState());
        assertEquals("enabled.service", read.get(1).id());
        assertTrue(
                read.get(1).names().contains("other-name.service"),
                read.get(1).names().toString());
        assertEquals("run-lock.mount", read.get(2).name());
    }

    // Failed units

    @Test
    void failed_units_are_named_with_their_results() {
        machine.tool(List.of("systemctl", "start", "once-badly"), Duration.ofSeconds(10));

        ProbeResult result = new FailedUnitsProbe().run(patient(Duration.ZERO)).get(0);

        assertResult(Verdict.FAIL, "once-badly.service (exit-code)", result);
        assertTrue(result.detail().contains("status=4"), result.detail());
    }
}
