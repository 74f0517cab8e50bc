package dev.racker.harness.probe;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a text has to hold: {@code some words}, which must be in it, or {@code /expression/}, a regular expression that
 * must match a part of it; {@code ^} and {@code $} are the ends of a line.
 */
public final class TextPattern {

    private static final int LONGEST_SHOWN = 200;

    private final String text;
    private final Pattern expression;

    private TextPattern(String text, Pattern expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * Reads a pattern.
     *
     * @throws InvalidProbeException when it is empty or no regular expression
     */
    public static TextPattern parse(String text) {
        if (text.isEmpty()) {
            throw InvalidProbeException.of(
                    "the pattern", text, "it is empty", "Give some words, or a regular expression as /.../.");
        }
        if (text.charAt(0) != '/' || text.length() < 2 || text.charAt(text.length() - 1) != '/') {
            return new TextPattern(text, null);
        }
        String inner = text.substring(1, text.length() - 1);
        if (inner.isEmpty()) {
            throw InvalidProbeException.of(
                    "the pattern", text, "the regular expression is empty", "Write it between the slashes.");
        }
        try {
            return new TextPattern(text, Pattern.compile(inner, Pattern.MULTILINE));
        } catch (PatternSyntaxException e) {
            throw InvalidProbeException.of(
                    "the pattern",
                    text,
                    "that is no regular expression: " + e.getDescription() + " at character "
                            + (Math.max(0, e.getIndex()) + 1),
                    "Leave out the slashes to look for the words as they are.");
        }
    }

    /** Says whether a text holds it. */
    public boolean isIn(String where) {
        return expression == null
                ? where.contains(text)
                : expression.matcher(where).find();
    }

    /** The first line that holds it; empty when none does, or it spans several. */
    String lineIn(String where) {
        for (String line : where.split("\n")) {
            if (isIn(line)) {
                return shown(line);
            }
        }
        return "";
    }

    /** A text in one line that is not too long for a table. */
    static String shown(String value) {
        String line = value.strip().replace("\r", "").replace('\n', ' ');
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
    }

    /** As it was read. */
    @Override
    public String toString() {
        return text;
    }
}
