package dev.racker.postroj;

import static dev.racker.harness.Eventually.eventually;
import static dev.racker.postroj.TestPostroj.OFFLINE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.distribution.DebPackage;
import dev.racker.postroj.TestPostroj.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Several cells: one after the other, at once, tried again, given up, and killed. */
@ExtendWith(TestPostroj.Shared.class)
class MatrixIT {

    @TempDir
    private Path directory;

    private TestPostroj postroj;

    @BeforeEach
    void open(TestPostroj shared) {
        postroj = shared;
    }

    @AfterEach
    void nothing_is_left() {
        postroj.assertNothingLeft();
    }

    private static List<String> verdicts(JsonNode report) {
        List<String> verdicts = new ArrayList<>();
        report.get("cells").forEach(cell -> verdicts.add(cell.get("verdict").asString()));
        return verdicts;
    }

    private String deb(String name, String postinst) throws IOException {
        return "--package="
                + DebPackage.of(name, "1.0").script("postinst", postinst).build(directory);
    }

    @Test
    void with_fail_fast_nothing_new_begins_after_a_failure() throws Exception {
        Result result = postroj.probe(
                "--image=" + OFFLINE,
                "--jobs=1",
                "--fail-fast",
                deb("first", "exit 0\n"),
                deb("second", "exit 1\n"),
                deb("third", "exit 0\n"));

        assertEquals(1, result.status(), result::toString);
        assertEquals(List.of("PASS", "FAIL", "SKIPPED"), verdicts(result.report()));
        assertEquals("", result.cell("third_1.0_all.deb").get("machine").asString());
        assertTrue(result.out().contains("3 cells: 1 passed, 1 failed, 1 skipped"), result::out);
    }

    @Test
    void only_what_nobody_could_tell_is_tried_again() throws Exception {
        Result error = postroj.probe("--image=" + OFFLINE, "--retries=2", "--setup=exit 9", "--check-unit=dbus");
        assertEquals(3, error.status(), error::toString);
        assertEquals(3, error.cell().get("attempt").asInt());

        Result failure = postroj.probe("--image=" + OFFLINE, "--retries=2", "--check-unit=no-such-unit");
        assertEquals(1, failure.status(), failure::toString);
        assertEquals(1, failure.cell().get("attempt").asInt());
    }

    @Test
    void cells_and_calls_at_once_do_not_take_each_others_ports() throws Exception {
        String one = "--package=" + TestService.answering("one", "1.0", 80).build(directory);
        String two = "--package=" + TestService.answering("two", "1.0", 80).build(directory);
        String[] arguments = {
            "--image=" + OFFLINE, one, two, "--jobs=2", "--run=sleep 2", "--check-network=http://localhost:80"
        };
        Path other = postroj.reportDirectory();
        Process beside = postroj.startProbe(other, arguments);

        Result result = postroj.probe(arguments);
        Result second = postroj.finish(beside, InputStream.nullInputStream(), other);

        assertEquals(0, result.status(), result::toString);
        assertEquals(0, second.status(), second::toString);
        double sum = 0;
        for (JsonNode cell : result.report().get("cells")) {
            sum += cell.get("durationSeconds").asDouble();
        }
        assertTrue(sum > result.report().get("durationSeconds").asDouble(), "the cells ran one after the other");
    }

    /** Two cells run until somebody ends them, and a third one waits. */
    private Process running(Path report) throws IOException {
        Process process = postroj.startProbe(
                report,
                "--verbose",
                "--image=" + OFFLINE,
                "--jobs=2",
                deb("first", "exit 0\n"),
                deb("second", "exit 0\n"),
                deb("third", "exit 0\n"),
                "--run=exec sleep 1000");
        BufferedReader err = process.errorReader();
        int begun = 0;
        while (begun < 2) {
            String line = err.readLine();
            if (line == null) {
                throw new AssertionError("it has ended before it was interrupted");
            }
            if (line.endsWith(".deb: run")) {
                begun++;
            }
        }
        return process;
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void a_signal_ends_what_runs_and_is_reported(String signal) throws Exception {
        Path report = postroj.reportDirectory();
        Process process = running(report);

        postroj.signal(signal, process);

        Result result = postroj.finish(process, InputStream.nullInputStream(), report);
        assertEquals(3, result.status(), result::toString);
        assertTrue(result.report().get("interrupted").asBoolean(), result::toString);
        assertEquals(List.of("ERROR", "ERROR", "SKIPPED"), verdicts(result.report()), result::toString);
        assertTrue(result.out().contains("ERROR (interrupted)  3 cells: 2 errors, 1 skipped"), result::out);
        List<String> steps = Result.steps(result.report().get("cells").get(0));
        assertEquals("interrupt ERROR", steps.get(steps.size() - 1));
        assertTrue(result.err().contains("run: cut off by the interrupt\n"), result::err);
    }

    @Test
    void after_a_kill_the_next_call_finds_nothing() throws Exception {
        Path report = postroj.reportDirectory();
        Process process = running(report);

        process.destroyForcibly();

        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        Result result = postroj.probe("--image=" + OFFLINE, "--check-unit=dbus");
        assertEquals(0, result.status(), result::toString);
        eventually("the end of the machines", () -> postroj.image().leftovers().isEmpty());
        assertFalse(report.resolve("report.json").toFile().exists());
    }
}
