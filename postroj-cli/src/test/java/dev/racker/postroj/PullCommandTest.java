package dev.racker.postroj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullCommandTest {

    private TestSession postroj;

    @BeforeEach
    void open(@TempDir Path directory) {
        postroj = TestSession.in(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--jobs 2|none were named",
                "--all debian-12|labels were given too",
                "--jobs 0 debian-12|--jobs must be 1 or more",
                "--jobs many debian-12|many",
                "--source moon debian-12|\"moon\"",
                "debian-12 fedora-377|\"fedora-377\""
            })
    void a_wrong_call_is_a_usage_error_before_anything_is_done(String arguments, String told) {
        assertEquals(2, postroj.run(("pull " + arguments).split(" ")));

        assertTrue(postroj.err().contains(told), postroj::err);
        assertEquals("", postroj.out());
    }

    @Test
    void help_names_labels_and_patterns() {
        assertEquals(0, postroj.run("pull", "--help"));

        assertTrue(postroj.out().contains("'debian-*'"), postroj::out);
    }
}
