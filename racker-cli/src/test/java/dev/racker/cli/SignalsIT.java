package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.io.BufferedReader;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals to {@code racker} while a command runs in a booted machine. */
class SignalsIT {

    private static TestRacker racker;
    private static String image;

    @BeforeAll
    static void pull() throws Exception {
        racker = TestRacker.create();
        image = TestArchives.debian().toString();
        racker.run("pull", image).ok();
    }

    @AfterAll
    static void remove() throws Exception {
        racker.close();
    }

    @AfterEach
    void nothing_is_left() {
        racker.assertNothingLeft();
    }

    private static Process started(String script) throws Exception {
        Process process = racker.start("run", "--rm", image, "sh", "-c", script);
        assertEquals("up", process.inputReader().readLine());
        return process;
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void a_signal_ends_payload_and_machine(String signal, int status) throws Exception {
        Process process = started("echo up; exec sleep 1000");

        racker.signal(signal, process);

        Result result = TestRacker.finish(process, InputStream.nullInputStream());
        assertEquals(status, result.status(), result.err());
        assertEquals("", result.err());
    }

    @Test
    void the_payload_hears_the_signal_and_may_finish_its_work() throws Exception {
        Process process = started("trap 'echo heard >&2; exit 3' TERM; echo up; while :; do sleep 0.1; done");

        racker.signal("TERM", process);

        Result result = TestRacker.finish(process, InputStream.nullInputStream());
        assertEquals(143, result.status(), result.err());
        assertTrue(result.err().contains("heard\n"), result.err());
    }

    @Test
    void a_second_signal_ends_what_does_not_want_to_end() throws Exception {
        Process process = started("trap 'echo heard >&2' TERM; echo up; while :; do sleep 0.1; done");
        long begin = System.nanoTime();

        racker.signal("TERM", process);
        BufferedReader err = process.errorReader();
        while (!"heard".equals(err.readLine())) {
            assertTrue(process.isAlive()); // the shell also tells the end of its child
        }
        racker.signal("TERM", process);

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        assertTrue(seconds < 9, "took " + seconds + " s, as long as the first signal alone");
    }

    @Test
    void nothing_is_left_when_racker_is_killed() throws Exception {
        Process process = started("echo up; exec sleep 1000");

        racker.signal("KILL", process);
        process.waitFor();

        if (!TestRacker.MACHINED) {
            racker.run("ps", "-a").ok();
        }
        TestRacker.eventually("the end of the machine", () -> racker.leftovers().isEmpty());
    }

    @Test
    void a_signal_during_the_boot_ends_it() throws Exception {
        Process process = racker.start("run", "--rm", image, "sleep", "1000");
        TestRacker.eventually(
                "the start of the machine", () -> !racker.leftovers().isEmpty());

        racker.signal("TERM", process);

        Result result = TestRacker.finish(process, InputStream.nullInputStream());
        assertEquals(143, result.status(), result.err());
        assertEquals("", result.err());
        racker.run("ps", "-a").ok(); // as after a download that was interrupted, the next command tidies up
        TestRacker.eventually("the end of the machine", () -> racker.leftovers().isEmpty());
    }
}
