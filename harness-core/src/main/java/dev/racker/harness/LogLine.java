package dev.racker.harness;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A line that a container has printed.
 *
 * @param time when it came
 * @param isError whether it was printed to standard error
 * @param text the line, without its end
 */
public record LogLine(Instant time, boolean isError, String text) {

    private static final String START = "<13>1 ";

    /** What stands in a log before the text of a line; its end comes after that. */
    static String start(Instant time, boolean isError) {
        return START + time + " - " + (isError ? 'e' : 'o') + " - - - ";
    }

    /** Reads a line of RFC 5424 as logger(1) writes it; empty for anything else. */
    static Optional<LogLine> parse(String line) {
        // <13>1 TIMESTAMP - TAG - - - TEXT
        int time = START.length();
        int host = line.indexOf(' ', time);
        int tag = line.indexOf(' ', host + 1) + 1;
        int text = tag + "o - - - ".length();
        if (!line.startsWith(START) || host < 0 || tag == 0 || text > line.length()) {
            return Optional.empty();
        }
        try {
            Instant when = OffsetDateTime.parse(line.substring(time, host)).toInstant();
            return Optional.of(new LogLine(when, line.charAt(tag) == 'e', line.substring(text)));
        } catch (DateTimeException e) {
            return Optional.empty(); // torn by a full disk
        }
    }
}
