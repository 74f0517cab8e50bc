package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of payloads in a booted machine, and how payloads end. */
abstract class PayloadEndCases {

    private final Machine machine;

    PayloadEndCases(Machine machine) {
        this.machine = machine;
    }

    @Test
    void standard_output_and_standard_error_stay_apart() {
        CommandResult result = machine.run("sh", "-c", "echo out; echo error >&2");

        assertEquals("out", result.text());
        assertEquals("error", result.errorText());
    }

    @Test
    void every_byte_passes_unchanged_in_both_directions() {
        byte[] bytes = new byte[256 * 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        CommandResult result = machine.run(Payload.of("tee", "/dev/stderr").stdin(Input.of(bytes)));

        assertArrayEquals(bytes, result.stdout());
        assertArrayEquals(bytes, result.stderr());
    }

    @Test
    void five_megabytes_pass_in_both_directions() {
        byte[] bytes = new byte[5 << 20];
        new Random(5).nextBytes(bytes);

        CommandResult result = machine.run(Payload.of("cat").stdin(Input.of(bytes)));

        assertEquals(0, result.status());
        assertArrayEquals(bytes, result.stdout());
    }

    @Test
    void without_input_a_payload_reads_the_end() {
        assertEquals("", machine.run("cat").text());
    }

    @Test
    void piped_streams_are_a_conversation() throws Exception {
        Payload cat = Payload.of("cat").stdin(Input.pipe()).stdout(Output.pipe());
        try (RunningPayload running = machine.start(cat)) {
            BufferedReader answers = running.stdoutReader();
            for (String line : List.of("one", "two")) {
                running.stdin().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                running.stdin().flush();
                assertEquals(line, answers.readLine());
            }
            running.stdin().close();
            assertEquals(null, answers.readLine());
            assertEquals(0, running.await().status());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 125, 126, 127, 200, 203, 216, 255})
    void the_status_is_the_payloads(int status) {
        assertEquals(status, machine.run("sh", "-c", "exit " + status).status());
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "KILL, 137", "INT, 130", "HUP, 129", "QUIT, 131", "USR1, 138", "SEGV, 139"})
    void death_by_signal_n_is_status_128_plus_n(String signal, int status) {
        assertEquals(status, machine.run("sh", "-c", "kill -" + signal + " $$").status());
    }

    @Test
    void a_program_that_is_not_there_is_status_127() {
        for (String program : List.of("no-such-program", "/no/such/program")) {
            CommandResult result = machine.run(program);

            assertEquals(127, result.status());
            assertTrue(result.errorText().contains("'" + program + "'"), result.errorText());
        }
    }

    @Test
    void a_program_that_cannot_be_executed_is_status_126() {
        for (String program : List.of("/etc/passwd", "/etc")) {
            CommandResult result = machine.run(program);

            assertEquals(126, result.status());
            assertTrue(result.errorText().contains("'" + program + "'"), result.errorText());
        }
    }

    @Test
    void a_shells_own_words_are_programs_or_nothing() {
        assertEquals(0, machine.run("true").status());
        assertEquals("-n x", machine.run("printf", "%s %s", "-n", "x").text());
        assertEquals(0, machine.run("[", "a", "=", "a", "]").status());
        for (String word : List.of("exit", "exec", "if", "cd", ":")) {
            assertEquals(127, machine.run(word, "7").status(), word);
        }
    }

    @Test
    void a_payload_can_be_sent_a_signal_and_be_stopped() throws Exception {
        Payload trap = Payload.of("sh", "-c", "trap 'echo heard; exit 9' USR1; echo ready; sleep 600 & wait")
                .stdout(Output.pipe());
        try (RunningPayload running = machine.start(trap)) {
            BufferedReader out = running.stdoutReader();
            assertEquals("ready", out.readLine());
            running.signal("USR1");
            assertEquals("heard", out.readLine());
            out.transferTo(java.io.Writer.nullWriter());
            assertEquals(9, running.await().status());
        }
        Payload sleeps = Payload.of("sh", "-c", "echo ready; exec sleep 600").stdout(Output.pipe());
        try (RunningPayload running = machine.start(sleeps)) {
            BufferedReader out = running.stdoutReader();
            assertEquals("ready", out.readLine());
            running.stop();
            assertEquals(null, out.readLine());
            assertEquals(143, running.await().status());
        }
    }

    @Test
    void a_payload_that_passes_its_deadline_is_stopped() {
        Payload slow = Payload.of("sh", "-c", "trap '' HUP; echo started; exec sleep 611")
                .timeout(Duration.ofSeconds(1));

        CommandException failure = assertThrows(CommandException.class, () -> machine.run(slow));

        assertEquals(CommandException.Reason.TIMEOUT, failure.reason());
        assertNotEquals(
                0,
                machine.run("sh", "-c", "grep -l sleep.61[1] /proc/[0-9]*/cmdline")
                        .status());
    }
}
