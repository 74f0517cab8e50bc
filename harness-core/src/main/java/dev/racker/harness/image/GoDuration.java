package dev.racker.harness.image;

import dev.racker.harness.error.HarnessException;
import java.time.Duration;

/** Times as docker reads them: {@code 1m30s}, {@code 500ms}, {@code 1.5h}. */
public final class GoDuration {

    /** Go counts nanoseconds in 64 bits, which is 292 years. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE - 1);

    private GoDuration() {}

    /**
     * Reads a time.
     *
     * @param option that it is the value of, for the message
     * @throws HarnessException when it is none, or below zero
     */
    public static Duration parse(String option, String text) {
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length()) {
            int number = at;
            while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                at++;
            }
            int unit = at;
            while (at < text.length() && Character.isLetter(text.charAt(at))) {
                at++;
            }
            sum = sum.plus(part(option, text, text.substring(number, unit), text.substring(unit, at)));
            if (number == at) {
                throw wrong(option, text);
            }
        }
        if (text.isEmpty() || sum.compareTo(LONGEST) > 0) {
            throw wrong(option, text);
        }
        return sum;
    }

    private static Duration part(String option, String text, String number, String unit) {
        if (number.equals("0") && unit.isEmpty()) {
            return Duration.ZERO;
        }
        double nanoseconds = switch (unit) {
            case "h" -> 3600e9;
            case "m" -> 60e9;
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "us", "\u00b5s" -> 1e3;
            case "ns" -> 1;
            default -> throw wrong(option, text);
        };
        try {
            return Duration.ofNanos((long) (Double.parseDouble(number) * nanoseconds));
        } catch (NumberFormatException e) {
            throw wrong(option, text);
        }
    }

    private static HarnessException wrong(String option, String text) {
        return new HarnessException(
                "Tried to read " + option + " \"" + text + "\", but that is no duration.",
                "Write it as 30s, 1m30s or 500ms.");
    }
}
