package dev.racker.harness.image;

import dev.racker.harness.error.HarnessException;

/** An image reference could not be understood; the message quotes it and the hint says how to write it. */
public final class InvalidReferenceException extends HarnessException {

    private static final long serialVersionUID = 1L;

    private final String input;

    InvalidReferenceException(String input, String problem, String hint) {
        super("Tried to read the image reference '" + printable(input) + "', but " + problem + ".", hint);
        this.input = input;
    }

    /** What was to be read, as it was given. */
    public String input() {
        return input;
    }

    /** Shows control characters as escapes and cuts what nobody would read. */
    static String printable(String text) {
        int most = 300;
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), most); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                shown.append("\\n");
            } else if (c == '\t') {
                shown.append("\\t");
            } else if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return text.length() > most ? shown.append("...").toString() : shown.toString();
    }
}
