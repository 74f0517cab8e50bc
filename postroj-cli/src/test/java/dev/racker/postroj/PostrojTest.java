package dev.racker.postroj;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostrojTest {

    private TestSession postroj;

    @BeforeEach
    void open(@TempDir Path directory) {
        postroj = TestSession.in(directory);
    }

    @Test
    void version_and_help_are_data_and_go_to_stdout() {
        assertAll(
                () -> assertEquals(0, postroj.run("--version")),
                () -> assertTrue(postroj.out().startsWith("postroj "), postroj::out),
                () -> assertEquals("", postroj.err()),
                () -> assertEquals(0, postroj.run("--help")),
                () -> assertTrue(postroj.out().contains("Usage: postroj"), postroj::out),
                () -> assertEquals("", postroj.err()));
    }

    @Test
    void without_a_command_it_says_so_and_exits_2() {
        int status = postroj.run();

        assertAll(
                () -> assertEquals(2, status),
                () -> assertEquals("", postroj.out()),
                () -> assertEquals(
                        "postroj: Tried to run postroj, but no command was given.\nSee `postroj --help`.\n",
                        postroj.err()));
    }

    @Test
    void an_unknown_option_is_a_usage_error_that_quotes_it() {
        int status = postroj.run("--frobnicate=1");

        assertAll(
                () -> assertEquals(2, status),
                () -> assertTrue(postroj.err().contains("\"--frobnicate\""), postroj::err));
    }

    @Test
    void an_unknown_command_is_a_usage_error_that_quotes_it() {
        int status = postroj.run("frobnicate");

        assertAll(
                () -> assertEquals(2, status),
                () -> assertTrue(postroj.err().contains("\"frobnicate\""), postroj::err));
    }

    @Test
    void a_self_test_that_does_not_exist_is_told_with_those_that_do() {
        assertEquals(2, postroj.run("selftest", "foo"));

        assertTrue(
                postroj.err().contains("Tried to read TEST \"foo\", but there are only hostnamectl and pkgprobe."),
                postroj::err);
    }
}
