package dev.racker.postroj;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PostrojTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        CommandLine line = Postroj.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @Test
    void version_and_help_are_data_and_go_to_stdout() {
        assertAll(
                () -> assertEquals(0, execute("--version")),
                () -> assertEquals(0, execute("--help")),
                () -> assertTrue(out.toString().startsWith("postroj "), out::toString),
                () -> assertTrue(out.toString().contains("Usage: postroj"), out::toString),
                () -> assertEquals("", err.toString()));
    }

    @Test
    void without_a_command_it_says_that_commands_come_and_exits_2() {
        int status = execute();

        assertAll(
                () -> assertEquals(2, status),
                () -> assertEquals("", out.toString()),
                () -> assertTrue(err.toString().contains("no commands yet"), err::toString));
    }

    @Test
    void an_unknown_option_is_a_usage_error_that_quotes_it() {
        int status = execute("--frobnicate");

        assertAll(
                () -> assertEquals(2, status),
                () -> assertTrue(err.toString().contains("--frobnicate"), err::toString));
    }
}
