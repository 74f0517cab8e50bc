package dev.racker.harness.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.CommandException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How real programs begin and end. */
class CommandRunnerTest extends ProgramCase {

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
}
