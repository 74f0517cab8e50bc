package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.cli.TestRacker.Result;
import dev.racker.harness.process.Command;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals to {@code racker} and to the command of a machine that is not booted. */
@ExtendWith(TestRacker.Shared.class)
class UnbootedSignalsIT {

    private final TestRacker racker;
    private final String busybox;

    UnbootedSignalsIT(TestRacker racker) throws Exception {
        this.racker = racker;
        this.busybox = racker.busybox();
    }

    @Test
    void a_signal_from_outside_is_the_exit_status() throws Exception {
        Process process =
                racker.start("run", "--rm", "--network=none", busybox, "sh", "-c", "echo up; exec sleep 77.5");
        assertEquals("up", process.inputReader().readLine());
        eventually("the command", () -> sleeping().isPresent());
        racker.runner()
                .run(Command.of(
                        "kill",
                        "-s",
                        "KILL",
                        Long.toString(sleeping().orElseThrow().pid())));

        Result result = TestRacker.finish(process, InputStream.nullInputStream());
        assertEquals(137, result.status());
        assertEquals("", result.err());
    }

    private Optional<ProcessHandle> sleeping() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).equals(List.of("77.5")))
                        .isPresent())
                .findFirst();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void a_signal_reaches_the_command(String signal, int status) throws Exception {
        Process process = racker.start(
                "run",
                "--rm",
                "--network=none",
                busybox,
                "sh",
                "-c",
                "trap 'echo heard; exit 9' " + signal + "; echo up; while :; do sleep 0.1; done");
        assertEquals("up", process.inputReader().readLine());

        racker.signal(signal, process);

        assertEquals("heard", process.inputReader().readLine());
        assertEquals(
                status,
                TestRacker.finish(process, InputStream.nullInputStream()).status());
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void a_signal_ends_it_under_an_init(String signal, int status) throws Exception {
        Process process =
                racker.start("run", "--rm", "--network=none", "--init", busybox, "sh", "-c", "echo up; exec sleep 100");
        assertEquals("up", process.inputReader().readLine());

        racker.signal(signal, process);

        assertEquals(
                status,
                TestRacker.finish(process, InputStream.nullInputStream()).status());
    }

    @Test
    void nothing_is_left_when_racker_is_killed() throws Exception {
        Process process = racker.start("run", "--rm", "-i", busybox, "sh", "-c", "echo up; sleep 100");
        assertEquals("up", process.inputReader().readLine());

        racker.signal("KILL", process);
        process.waitFor();

        if (!TestRacker.MACHINED) {
            racker.run("ps", "-a").ok();
        }
        eventually("the end of the machine", () -> racker.leftovers().isEmpty());
        racker.run("ps", "-a").ok();
    }
}
