package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TarNumbersTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 07777777, 010000000, 0x7fff_ffffL, 0xffff_ffffL, -1, -2_000_000_000L})
    void a_number_is_read_as_it_was_written(long value) {
        byte[] block = new byte[24];
        TarNumbers.put(block, 8, 8, value);
        assertEquals(value, TarNumbers.field(block, 8, 8));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 077777777777L, 0100000000000L, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void a_size_is_read_as_it_was_written(long value) {
        byte[] block = new byte[24];
        TarNumbers.put(block, 8, 12, value);
        assertEquals(value, TarNumbers.field(block, 8, 12));
    }

    @ParameterizedTest
    @CsvSource({"'  644 \0', 420", "'0000644\0', 420", "'\0\0\0\0\0\0\0\0', 0", "'00000644', 420"})
    void octal_comes_with_blanks_or_without(String field, long value) {
        assertEquals(value, TarNumbers.field(field.getBytes(StandardCharsets.ISO_8859_1), 0, 8));
    }

    @Test
    void what_is_no_number_is_refused() {
        byte[] field = "00x644\0\0".getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(UnpackException.class, () -> TarNumbers.field(field, 0, 8));
        byte[] large = {(byte) 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThrows(UnpackException.class, () -> TarNumbers.field(large, 0, 12));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "12.5, 12, 500000000",
        "-1.25, -2, 750000000",
        "-0.5, -1, 500000000",
        "3.1234567899, 3, 123456789"
    })
    void times_have_fractions_and_signs(String text, long seconds, int nanos) {
        assertEquals(Instant.ofEpochSecond(seconds, nanos), TarNumbers.time(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @CsvSource({"12, 500000000", "-2, 750000000", "-1, 1", "0, 0", "-5, 0", "1600000000, 999999999"})
    void a_time_is_read_as_it_was_written(long seconds, int nanos) {
        Instant time = Instant.ofEpochSecond(seconds, nanos);
        assertEquals(time, TarNumbers.time(TarNumbers.time(time).getBytes(StandardCharsets.US_ASCII)));
    }
}
