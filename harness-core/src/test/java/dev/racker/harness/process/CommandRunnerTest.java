package dev.racker.harness.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With real programs. */
class CommandRunnerTest {

    private static final int MEGABYTE = 1 << 20;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final CommandRunner runner = new CommandRunner();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 126, 127, 200, 255})
    void the_exit_status_is_the_programs(int status) {
        assertEquals(status, runner.run(shell("exit " + status).expectAny()).status());
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "KILL, 137", "USR1, 138", "SEGV, 139"})
    void death_by_signal_n_is_status_128_plus_n(String signal, int status) {
        assertEquals(
                status, runner.run(shell("kill -" + signal + " $$").expectAny()).status());
    }

    @Test
    void an_unexpected_status_fails_with_the_command_and_its_last_words() {
        CommandException failure =
                assertThrows(CommandException.class, () -> runner.run(shell("echo the reason >&2; exit 3")));

        assertEquals(Reason.STATUS, failure.reason());
        assertEquals(3, failure.result().orElseThrow().status());
        assertTrue(failure.getMessage().contains("exit status 3"), failure.getMessage());
        assertTrue(failure.getMessage().contains("sh -c 'echo the reason >&2; exit 3'"), failure.getMessage());
        assertTrue(failure.getMessage().endsWith("\n  the reason"), failure.getMessage());
    }

    @Test
    void an_unexpected_signal_is_told_as_a_signal() {
        CommandException failure = assertThrows(CommandException.class, () -> runner.run(shell("kill -TERM $$")));

        assertEquals(Reason.SIGNAL, failure.reason());
        assertTrue(failure.getMessage().contains("signal 15"), failure.getMessage());
    }

    @Test
    void expected_statuses_are_no_failure() {
        assertEquals(3, runner.run(shell("exit 3").expect(0, 3)).status());
        assertThrows(CommandException.class, () -> runner.run(shell("exit 4").expect(0, 3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"racker-no-such-program", "/no/such/program"})
    void a_missing_program_is_told_as_not_found(String program) {
        CommandException failure = assertThrows(CommandException.class, () -> runner.run(Command.of(program)));

        assertEquals(Reason.NOT_FOUND, failure.reason());
        assertTrue(failure.getMessage().contains(program), failure.getMessage());
    }

    @Test
    void a_missing_directory_is_not_told_as_a_missing_program() {
        CommandException failure = assertThrows(
                CommandException.class, () -> runner.run(Command.of("true").in(Path.of("/no/such/directory"))));

        assertEquals(Reason.IO, failure.reason());
        assertTrue(failure.getMessage().contains("/no/such/directory"), failure.getMessage());
    }

    @Test
    void a_file_that_is_not_executable_is_told_as_that(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("program"), "exit 0\n");

        CommandException failure = assertThrows(CommandException.class, () -> runner.run(Command.of(file.toString())));

        assertEquals(Reason.IO, failure.reason());
        assertTrue(failure.getMessage().contains("Permission denied"), failure.getMessage());
    }

    @Test
    void a_program_is_killed_at_its_deadline() throws Exception {
        Command slow = shell("echo started; exec sleep 600").timeout(Duration.ofMillis(300));
        try (RunningCommand running = runner.start(slow)) {
            CommandException failure = assertThrows(CommandException.class, running::await);

            assertEquals(Reason.TIMEOUT, failure.reason());
            assertFalse(running.isAlive());
            assertEquals(137, running.ended().get(20, TimeUnit.SECONDS).status());
            assertTrue(failure.getMessage().contains("started"), failure.getMessage());
        }
    }

    @Test
    void a_deadline_below_a_second_is_told_as_it_was_set() {
        CommandException failure = assertThrows(
                CommandException.class, () -> runner.run(shell("exec sleep 600").timeout(Duration.ofMillis(200))));

        assertTrue(failure.getMessage().startsWith("Killed after 0.2 s"), failure.getMessage());
    }

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
    void no_thread_keeps_this_process_from_ending_while_a_program_runs() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (RunningCommand running = runner.start(shell("exec sleep 600"))) {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                assertTrue(before.contains(thread) || thread.isDaemon(), thread.getName());
            }
            assertTrue(running.isAlive());
        }
    }

    @Test
    void a_program_can_be_asked_to_end_and_be_killed() throws Exception {
        try (RunningCommand running = runner.start(shell("exec sleep 600"))) {
            running.terminate();
            assertEquals(143, running.ended().get(20, TimeUnit.SECONDS).status());
        }
        try (RunningCommand running = runner.start(shell("exec sleep 600"))) {
            running.kill();
            assertEquals(137, running.ended().get(20, TimeUnit.SECONDS).status());
        }
    }

    @Test
    void an_interrupted_wait_kills_the_program_and_keeps_the_interrupt() {
        try (RunningCommand running = runner.start(shell("exec sleep 600"))) {
            Thread.currentThread().interrupt();
            CommandException failure = assertThrows(CommandException.class, running::await);

            assertTrue(Thread.interrupted());
            assertEquals(Reason.INTERRUPTED, failure.reason());
        }
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

    @Test
    void a_program_sees_only_what_is_let_through_and_what_is_set() {
        String seen = runner.run(Command.of("env").env("SET_HERE", "a b=c\nd").env("EMPTY", ""))
                .text();
        Set<String> names = new TreeSet<>();
        for (String line : seen.split("\n")) {
            names.add(line.split("=", 2)[0]);
        }
        names.removeAll(Set.of("HOME", "TERM", "TMPDIR", "XDG_RUNTIME_DIR", "REGISTRY_AUTH_FILE", "SSL_CERT_FILE"));
        names.removeAll(Set.of("SSL_CERT_DIR", "d"));
        names.removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));

        assertEquals(Set.of("PATH", "LANG", "SET_HERE", "EMPTY"), names);
        assertTrue(Arrays.asList(seen.split("\n")).contains("LANG=C.UTF-8"), seen);
        assertTrue(seen.contains("SET_HERE=a b=c\nd"), seen);
    }

    @Test
    void a_program_starts_in_the_root_directory_or_where_it_is_told(@TempDir Path directory) throws IOException {
        assertEquals("/", runner.run(Command.of("pwd")).text());
        assertEquals(
                directory.toRealPath().toString(),
                runner.run(Command.of("pwd").in(directory)).text());
    }

    @Test
    void each_command_is_told_before_it_runs() {
        List<String> told = new ArrayList<>();
        CommandRunner telling = new CommandRunner(told::add);

        telling.run(Command.of("echo", "a b"));
        assertThrows(CommandException.class, () -> telling.run(Command.of("racker-no-such-program")));

        assertEquals(List.of("echo 'a b'", "racker-no-such-program"), told);
    }

    @Test
    void an_argument_that_this_process_cannot_pass_on_unchanged_is_refused() {
        CommandResult result;
        try {
            result = runner.run(Command.of("printf", "%s", "ü€"));
        } catch (CommandException refused) {
            assertTrue(refused.hint().orElse("").contains("UTF-8"), refused.getMessage());
            return;
        }
        assertEquals("ü€", result.text());
    }

    private static Command shell(String script) {
        return Command.of("sh", "-c", script);
    }
}
