package dev.racker.harness.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void a_short_text_stays_as_it_is() {
        assertEquals("one\ntwo", Excerpt.of("one\ntwo", 7));
    }

    @Test
    void of_a_long_text_whole_lines_of_the_start_and_the_end_stay() {
        StringBuilder text = new StringBuilder();
        for (int i = 100; i < 200; i++) {
            text.append("line ").append(i).append('\n');
        }

        String cut = Excerpt.of(text.toString(), 90);

        assertEquals(
                "line 100\nline 101\n[... 819 characters cut ...]\n"
                        + "line 193\nline 194\nline 195\nline 196\nline 197\n" + "line 198\nline 199\n",
                cut);
    }

    @Test
    void one_endless_line_is_cut_too() {
        String cut = Excerpt.of("x".repeat(1000), 100);

        assertTrue(cut.length() < 150, cut);
        assertTrue(cut.startsWith("[... 900 characters cut ...]\n"), cut);
    }

    @Test
    void control_sequences_of_terminals_are_taken_out() {
        assertEquals("OK started\n", Excerpt.plain("\u001b[0;32mOK\u001b[0m started\r\n"));
        assertEquals(
                "a", Excerpt.plain("\u001b]3008;start=x\u001b\\\u001b[?7l\u001b(Ba\u001b[6n\u001b]0;t\u0007\u001b"));
    }

    @Test
    void names_of_failed_units_are_told_from_words() {
        assertEquals(
                List.of("nginx.service", "dev-disk\\x2dx.mount"),
                Evidences.firstWords("  nginx.service loaded failed failed Web\ndev-disk\\x2dx.mount loaded failed\n"
                        + "not available: machine x has ended\nnone\nFailed to connect to bus: x"));
    }
}
