package dev.racker.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as docker's tables show them. */
final class Ages {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xx zzz", Locale.ROOT);

    private Ages() {}

    /** {@code 3 weeks ago}; N/A for the beginning of 1970, which stands for a time that nobody knows. */
    static String since(Instant created) {
        if (created.equals(Instant.EPOCH)) {
            return "N/A";
        }
        Duration age = Duration.between(created, Instant.now());
        if (age.toMinutes() < 1) {
            return Math.max(0, age.toSeconds()) + " seconds ago";
        }
        if (age.toHours() < 1) {
            return count(age.toMinutes(), "minute");
        }
        if (age.toDays() < 2) {
            return count(age.toHours(), "hour");
        }
        if (age.toDays() < 14) {
            return count(age.toDays(), "day");
        }
        if (age.toDays() < 60) {
            return count(age.toDays() / 7, "week");
        }
        return age.toDays() < 730 ? count(age.toDays() / 30, "month") : count(age.toDays() / 365, "year");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s") + " ago";
    }

    /** {@code 2024-01-02 13:23:37 +0000 UTC}, in this host's time zone. */
    static String at(Instant created) {
        return created.equals(Instant.EPOCH) ? "N/A" : FORM.format(created.atZone(ZoneId.systemDefault()));
    }
}
