package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.racker.harness.error.HarnessException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimesTest {

    private static final Instant NOW = Instant.parse("2024-03-01T12:00:00Z");

    private static Instant parse(String text) {
        return LogTimes.parse("--since", text, NOW, Instant.MIN);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-03T04:05:06.789Z,     2024-02-03T04:05:06.789Z",
        "2024-02-03T04:05:06+02:00,    2024-02-03T02:05:06Z",
        "2024-02-03T04:05-02:00,       2024-02-03T06:05:00Z",
        "2024-02-03T04Z,               2024-02-03T04:00:00Z",
        "2024-02-03Z,                  2024-02-03T00:00:00Z",
        "2024-02-03+01:00,             2024-02-02T23:00:00Z",
        "1706933106.5,                 2024-02-03T04:05:06.5Z",
        "1h30m,                        2024-03-01T10:30:00Z"
    })
    void all_of_dockers_forms_are_read(String text, Instant time) {
        assertEquals(time, parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-03,                    2024-02-03T00:00",
        "2024-02-03T04,                 2024-02-03T04:00",
        "2024-02-03T04:05,              2024-02-03T04:05",
        "2024-02-03T04:05:06.000000001, 2024-02-03T04:05:06.000000001"
    })
    void without_a_zone_it_is_the_time_here(String text, LocalDateTime time) {
        assertEquals(time.atZone(ZoneId.systemDefault()).toInstant(), parse(text));
    }

    @Test
    void nothing_is_what_it_usually_is() {
        assertEquals(Instant.MIN, parse(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"soon", "2024-02", "2024-02-30", "2024-02-03T", "2024-02-03T4", "2024-02-03T04:05+", "1..2", "Z"
            })
    void whatever_else_is_refused(String text) {
        assertThrows(HarnessException.class, () -> parse(text));
    }
}
