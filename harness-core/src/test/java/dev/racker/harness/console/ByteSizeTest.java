package dev.racker.harness.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0,0B",
        "1,1B",
        "999,999B",
        "1000,1kB",
        "1500,1.5kB",
        "1234,1.23kB",
        "99960,100kB",
        "99940,99.9kB",
        "999499,999kB",
        "999500,1MB",
        "204000000,204MB",
        "24684096000,24.7GB",
        "9223372036854775807,9.22EB"
    })
    void sizes_have_three_digits_and_docker_s_units(long bytes, String expected) {
        assertEquals(expected, ByteSize.text(bytes));
    }
}
