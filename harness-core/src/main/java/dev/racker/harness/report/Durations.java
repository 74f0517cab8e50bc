package dev.racker.harness.report;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as reports write them. */
final class Durations {

    private Durations() {}

    /** Seconds with three decimals, for programs: {@code 12.345}. */
    static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(Math.max(0, duration.toMillis()), 3);
    }

    /** For people: {@code 40 ms}, {@code 1.2 s}, {@code 12 min 3 s}, {@code 2 h 5 min}. */
    static String text(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 100) {
            return millis + " ms";
        }
        if (millis < 59_950) {
            return BigDecimal.valueOf((millis + 50) / 100, 1) + " s";
        }
        long seconds = (millis + 500) / 1000;
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
