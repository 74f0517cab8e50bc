package dev.racker.cli;

import java.time.Duration;

/** Durations as docker words them. */
final class HumanDuration {

    private static final int DAY = 24;

    private HumanDuration() {}

    /** {@code Less than a second}, {@code 5 seconds}, {@code About a minute}, {@code 3 weeks}. */
    static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds < 1 ? "Less than a second" : seconds == 1 ? "1 second" : seconds + " seconds";
        }
        long minutes = duration.toMinutes();
        if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        }
        long hours = Math.round(minutes / 60.0);
        if (hours < 2 * DAY) {
            return hours == 1 ? "About an hour" : hours + " hours";
        }
        long days = hours / DAY;
        if (days < 14) {
            return days + " days";
        }
        return days < 60 ? days / 7 + " weeks" : days < 730 ? days / 30 + " months" : days / 365 + " years";
    }
}
