package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {

    @ParameterizedTest
    @CsvSource({
        "PT0.9S, Less than a second",
        "PT1S, 1 second",
        "PT59S, 59 seconds",
        "PT60S, About a minute",
        "PT59M59S, 59 minutes",
        "PT60M, About an hour",
        "PT47H, 47 hours",
        "PT48H, 2 days",
        "P13D, 13 days",
        "P14D, 2 weeks",
        "P60D, 2 months",
        "P730D, 2 years"
    })
    void durations_are_worded_as_docker_words_them(Duration duration, String text) {
        assertEquals(text, HumanDuration.text(duration));
    }
}
