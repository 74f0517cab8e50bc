package dev.racker.harness.evidence;

/** Keeps texts at a size that a report can hold. */
final class Excerpt {

    static final int MOST_CHARACTERS = 1 << 16;

    private Excerpt() {}

    /** The text, or, when it is too long, its first quarter and its end with a note of how much is missing between. */
    static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int head = lineStart(text, most / 4);
        int tail = text.indexOf('\n', text.length() - (most - head)) + 1;
        if (tail == 0) {
            tail = text.length() - (most - head);
        }
        return text.substring(0, head) + "[... " + (tail - head) + " characters cut ...]\n" + text.substring(tail);
    }

    private static int lineStart(String text, int position) {
        return text.lastIndexOf('\n', position) + 1;
    }

    /** Text of a terminal without its control sequences (ECMA-48). */
    static String plain(String text) {
        return text.replaceAll(
                "\u001b\\[[0-?]*[ -/]*[@-~]|\u001b[\\]P^_][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|\u001b[ -/]*[0-~]?|\r",
                "");
    }
}
