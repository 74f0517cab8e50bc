package dev.racker.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTextTest {

    static List<Arguments> printed() {
        return List.of(
                arguments("colours", "a\u001b[1;31mred\u001b[0m b", "ared b"),
                arguments("cursor", "a\u001b[2K\u001b[?25hb", "ab"),
                arguments("title", "a\u001b]0;title\u0007b", "ab"),
                arguments("link", "a\u001b]8;;http://x\u001b\\b", "ab"),
                arguments("title without an end", "a\u001b]0;evil", "a"),
                arguments("character set", "a\u001b(Bb", "ab"),
                arguments("device control", "a\u001bPq#1\u001b\\b", "ab"),
                arguments("half a sequence", "a\u001b[", "a"),
                arguments("half a sequence and a line end", "a\u001b[1\nb", "a\nb"),
                arguments("escape and nothing", "a\u001b", "a"),
                arguments("escape of an escape", "a\u001b\u001b[1mb", "ab"),
                arguments("escape in one character", "a\u009b31mb", "ab"),
                arguments("control characters", "a\u0000b\bc\u007fd\u0085e", "abcde"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("printed")
    void escape_sequences_and_control_characters_are_left_out(String what, String printed, String plain) {
        assertEquals(plain, PlainText.of(printed), what);
    }

    @Test
    void what_xml_does_not_allow_is_left_out_and_what_it_allows_stays() {
        assertEquals("ab\ud83d\ude00c\td\ne", PlainText.of("a\ud83db\ud83d\ude00\ude00c\td\ne\ufffe\uffff\u0000"));
    }

    @Test
    void an_unended_title_takes_no_more_than_its_line() {
        assertEquals("\nkept", PlainText.of("\u001b]0;evil\nkept"));
    }

    @Test
    void of_lines_drawn_over_each_other_the_last_one_stays() {
        assertEquals("start\n100% done\nend\n", PlainText.of("start\r\n10%\r50%\r100% done\r\r\nend\n"));
    }

    @Test
    void a_line_has_no_line_ends_and_no_more_than_its_length() {
        assertEquals("a b c", PlainText.line("  a\n\tb \u001b[1m c\n", 10));
        assertEquals("abc…", PlainText.line("abcdef", 4));
        assertEquals("abcd", PlainText.line("abcd", 4));
        assertEquals("ab…", PlainText.line("ab\ud83d\ude00de", 4), "no half of a pair");
    }

    @Test
    void a_text_within_its_limit_stays_whole() {
        assertEquals("x".repeat(100), PlainText.cut("x".repeat(100), 100));
    }

    @Test
    void a_long_text_loses_its_middle_at_line_ends() {
        String text = "first\n" + "middle\n".repeat(1000) + "last\n";

        String cut = PlainText.cut(text, 500);

        assertTrue(cut.startsWith("first\nmiddle\n"), cut);
        assertTrue(cut.endsWith("middle\nlast\n"), cut);
        assertTrue(cut.length() < 620, "was " + cut.length());
        assertTrue(cut.contains(" left out here"), cut);
        cut.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("[…"))
                .forEach(line -> assertTrue(line.matches("first|middle|last"), line));
    }

    @Test
    void one_long_line_is_cut_between_characters() {
        String cut = PlainText.cut("\ud83d\ude00".repeat(1000), 301);
        assertEquals(cut, PlainText.encodable(cut));
    }

    @Test
    void lone_surrogates_are_replaced_where_all_else_has_to_stay() {
        assertEquals("a\ufffd\u001b\ud83d\ude00\ufffd", PlainText.encodable("a\ud83d\u001b\ud83d\ude00\ude00"));
    }
}
