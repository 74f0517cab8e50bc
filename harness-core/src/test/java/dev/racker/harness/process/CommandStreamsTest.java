package dev.racker.harness.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input, output and errors of real programs. */
class CommandStreamsTest extends ProgramCase {

    @Test
    void a_descendant_that_keeps_the_pipe_open_does_not_hold_the_caller() {
        // The pause lets this process block in reading the pipe before the program ends.
        Command leaves = shell("sleep 600 & echo $!; sleep 0.3").timeout(Duration.ofSeconds(2));

        CommandResult result = assertTimeoutPreemptively(SOON, () -> {
            try {
                return runner.run(leaves);
            } catch (CommandException late) {
                assertEquals(Reason.TIMEOUT, late.reason());
                return late.result().orElseThrow();
            }
        });

        ProcessHandle.of(Long.parseLong(result.text())).orElseThrow().destroyForcibly();
    }

    @Test
    void both_pipes_are_drained_however_much_is_written_to_each() {
        CommandResult result = assertTimeoutPreemptively(
                SOON, () -> runner.run(shell("head -c 1048576 /dev/zero >&2; head -c 1048577 /dev/zero")));

        assertEquals(MEGABYTE, result.stderr().length);
        assertEquals(MEGABYTE + 1, result.stdout().length);
    }

    @Test
    void bytes_pass_unchanged_through_a_program() {
        byte[] bytes = new byte[MEGABYTE];
        new Random(1).nextBytes(bytes);

        assertArrayEquals(
                bytes, runner.run(Command.of("cat").stdin(Input.of(bytes))).stdout());
    }

    @Test
    void a_program_that_does_not_read_its_input_is_no_failure() {
        byte[] bytes = new byte[MEGABYTE];

        assertEquals(
                0,
                assertTimeoutPreemptively(
                                SOON, () -> runner.run(Command.of("true").stdin(Input.of(bytes))))
                        .status());
    }

    @Test
    void input_is_at_its_end_when_none_is_given() {
        assertArrayEquals(new byte[0], runner.run(Command.of("cat")).stdout());
    }

    @Test
    void piped_streams_belong_to_the_holder() throws IOException {
        Command cat = shell("echo ready >&2; exec cat")
                .stdin(Input.pipe())
                .stdout(Output.pipe())
                .stderr(Output.pipe());
        try (RunningCommand running = runner.start(cat)) {
            byte[] ready = running.stderr().readNBytes(6);
            try (OutputStream in = running.stdin()) {
                in.write("through".getBytes(StandardCharsets.UTF_8));
            }
            byte[] out = running.stdout().readAllBytes();
            running.stderr().readAllBytes();

            assertEquals("ready\n", new String(ready, StandardCharsets.UTF_8));
            assertEquals("through", new String(out, StandardCharsets.UTF_8));
            assertEquals(0, running.await().status());
        }
    }

    @Test
    void what_a_program_wrote_can_be_read_after_its_end() throws Exception {
        try (RunningCommand running = runner.start(shell("echo late").stdout(Output.pipe()))) {
            ProcessHandle.of(running.pid()).ifPresent(handle -> handle.onExit().join());

            assertEquals("late\n", new String(running.stdout().readAllBytes(), StandardCharsets.UTF_8));
            assertEquals(0, running.ended().get(20, TimeUnit.SECONDS).status());
        }
    }

    @Test
    void a_closed_handle_leaves_no_process_and_no_thread_even_when_nobody_read_the_pipes() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        RunningCommand running = runner.start(
                shell("echo unread; exec sleep 600").stdout(Output.pipe()).stderr(Output.pipe()));
        long pid = running.pid();

        running.close();

        assertTrue(ProcessHandle.of(pid).isEmpty());
        running.ended().get(20, TimeUnit.SECONDS);
        List<String> left = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && !thread.isDaemon()) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
                if (thread.isAlive()) {
                    left.add(thread.getName());
                }
            }
        }
        assertEquals(List.of(), left);
    }

    @Test
    void output_is_added_at_the_end_of_a_file(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("log");
        Output log = Output.append(file);

        runner.run(shell("echo one; echo two >&2").stdout(log).stderr(log));
        CommandResult result = runner.run(shell("echo three").stdout(log));

        assertEquals(List.of("one", "two", "three"), Files.readAllLines(file));
        assertEquals(0, result.stdout().length);
    }

    @Test
    void discarded_output_is_nowhere() {
        CommandResult result = runner.run(
                shell("echo out; echo error >&2").stdout(Output.discard()).stderr(Output.discard()));

        assertEquals("", result.text() + result.errorText());
    }
}
