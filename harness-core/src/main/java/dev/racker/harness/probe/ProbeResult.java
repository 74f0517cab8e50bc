package dev.racker.harness.probe;

import java.time.Duration;

/**
 * What one check saw.
 *
 * @param kind the kind of probe: {@code unit}, {@code tcp}, {@code http}, {@code file}, ...
 * @param subject what was checked, as the user wrote it: {@code nginx.service}, {@code http://localhost:80}
 * @param property what about it: {@code ActiveState}, {@code status}, {@code owner}
 * @param expected what it should be
 * @param actual what it was; a sentence when {@code verdict} is {@link Verdict#ERROR}
 * @param verdict how it ended
 * @param detail further lines that explain a failure; empty when there are none
 * @param duration how long it took, waiting included
 */
public record ProbeResult(
        String kind,
        String subject,
        String property,
        String expected,
        String actual,
        Verdict verdict,
        String detail,
        Duration duration) {

    /** The same result with lines that explain it. */
    public ProbeResult explained(String lines) {
        return new ProbeResult(kind, subject, property, expected, actual, verdict, lines, duration);
    }

    /** One line: subject, property, and what was seen. */
    public String line() {
        String seen = verdict == Verdict.PASS ? actual : "expected " + expected + ", was " + actual;
        return kind + " " + subject + ": " + property + " " + seen;
    }
}
