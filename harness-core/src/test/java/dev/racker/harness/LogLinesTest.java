package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {

    private static final Instant NOW = Instant.parse("2024-02-29T12:00:00.123456Z");

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    private OutputStream lines(boolean error) {
        return new LogLines(log, Clock.fixed(NOW, ZoneOffset.UTC), error);
    }

    private List<LogLine> read() {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> LogLine.parse(line).orElseThrow())
                .toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void what_is_printed_is_read_again_with_its_time_and_stream() throws Exception {
        OutputStream out = lines(false);
        out.write(utf8("one\ntw"));
        out.write(utf8("o\n\n"));
        lines(true).write(utf8("three \u20ac\n"));

        assertEquals(
                List.of(
                        new LogLine(NOW, false, "one"),
                        new LogLine(NOW, false, "two"),
                        new LogLine(NOW, false, ""),
                        new LogLine(NOW, true, "three \u20ac")),
                read());
    }

    @Test
    void an_unfinished_line_comes_with_the_end() throws Exception {
        OutputStream out = lines(false);
        out.write(utf8("one\ntwo"));
        assertEquals(1, read().size());

        out.close();

        assertEquals("two", read().get(1).text());
    }

    @Test
    void a_line_that_is_too_long_is_broken_and_one_that_just_fits_is_not() throws Exception {
        OutputStream out = lines(false);
        out.write(utf8("x".repeat(32 * 1024) + "\n" + "y".repeat(32 * 1024 + 1) + "\n"));

        assertEquals(
                List.of(32 * 1024, 32 * 1024, 1),
                read().stream().map(line -> line.text().length()).toList());
    }

    @Test
    void it_does_not_matter_in_how_many_pieces_it_comes() throws Exception {
        byte[] all = utf8("\none\n\n" + "x".repeat(32 * 1024) + "\n" + "y".repeat(32 * 1024 + 7) + "\ntwo");
        OutputStream whole = lines(false);
        whole.write(all);
        whole.close();
        List<LogLine> expected = read();
        for (int length : new int[] {1, 7, 1024, 32 * 1024, 32 * 1024 + 1}) {
            log.reset();
            OutputStream pieces = lines(false);
            for (int i = 0; i < all.length; i += length) {
                pieces.write(all, i, Math.min(length, all.length - i));
            }
            pieces.close();

            assertEquals(expected, read());
        }
        assertEquals(7, expected.size());
    }

    @Test
    void bytes_that_are_no_text_are_kept() throws Exception {
        byte[] bytes = {(byte) 0xff, 0, '\r', (byte) 0xc3, '\n'};

        lines(false).write(bytes);

        byte[] all = log.toByteArray();
        byte[] text = Arrays.copyOfRange(all, all.length - bytes.length, all.length);
        assertArrayEquals(bytes, text);
    }
}
