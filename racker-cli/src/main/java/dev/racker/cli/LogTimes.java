package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.GoDuration;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Times and counts as {@code docker logs} takes them. */
final class LogTimes {

    private static final double NANOSECONDS = 1e9;
    private static final int DATE_LENGTH = "2006-01-02".length();

    private LogTimes() {}

    /** A number of lines; all of them for "all" and for what is below zero. */
    static int lines(String text) {
        if (text.equals("all")) {
            return Integer.MAX_VALUE;
        }
        try {
            int lines = Integer.parseInt(text);
            return lines < 0 ? Integer.MAX_VALUE : lines;
        } catch (NumberFormatException e) {
            throw new HarnessException(
                    "Tried to read --tail \"" + text + "\", but that is no number of lines.",
                    "Give a number, or all.",
                    e);
        }
    }

    /**
     * A time in RFC 3339, a local one, a date, each with a zone or without, seconds since 1970, or a duration before now.
     *
     * @param usual what an empty text stands for
     */
    static Instant parse(String option, String text, Instant now, Instant usual) {
        if (text.isEmpty()) {
            return usual;
        }
        if (Character.isLetter(text.charAt(text.length() - 1)) && text.charAt(text.length() - 1) != 'Z') {
            return now.minus(GoDuration.parse(option, text));
        }
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.')) {
                double seconds = Double.parseDouble(text);
                return Instant.ofEpochSecond(0, (long) (seconds * NANOSECONDS));
            }
            return date(text);
        } catch (DateTimeException | NumberFormatException e) {
            throw new HarnessException(
                    "Tried to read " + option + " \"" + text + "\", but that is no time.",
                    "Write it as 2024-01-02T13:23:37Z, 2024-01-02, 1704200000 or 10m.",
                    e);
        }
    }

    /** A date, the time of the day down to the hour at least, and a zone; the last two may be missing. */
    private static Instant date(String text) {
        int zone = zone(text);
        ZoneId where = zone == text.length() ? ZoneId.systemDefault() : ZoneId.of(text.substring(zone));
        String local = text.substring(0, zone);
        int time = local.indexOf('T');
        if (time < 0) {
            return LocalDate.parse(local).atStartOfDay(where).toInstant();
        }
        boolean hourAlone = local.length() == time + "T15".length();
        return LocalDateTime.parse(hourAlone ? local + ":00" : local)
                .atZone(where)
                .toInstant();
    }

    /** Where the zone begins: behind the date, in which minus signs are something else. */
    private static int zone(String text) {
        for (int i = Math.min(text.length(), DATE_LENGTH); i < text.length(); i++) {
            if ("Z+-".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
