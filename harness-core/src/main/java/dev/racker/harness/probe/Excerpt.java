package dev.racker.harness.probe;

/** The beginning or the end of a long text. */
final class Excerpt {

    private static final int MOST_LINES = 40;

    private Excerpt() {}

    /** The first lines. */
    static String of(String text) {
        String[] lines = text.strip().split("\n");
        StringBuilder some = new StringBuilder();
        for (int i = 0; i < lines.length && i < MOST_LINES; i++) {
            some.append(lines[i]).append('\n');
        }
        return lines.length > MOST_LINES
                ? some.append("(")
                        .append(lines.length - MOST_LINES)
                        .append(" more lines)")
                        .toString()
                : some.toString().stripTrailing();
    }

    /** The last lines. */
    static String endOf(String text) {
        String[] lines = text.strip().split("\n");
        StringBuilder some = new StringBuilder();
        int first = Math.max(0, lines.length - MOST_LINES);
        if (first > 0) {
            some.append("(").append(first).append(" lines before)\n");
        }
        for (int i = first; i < lines.length; i++) {
            some.append(lines[i]).append('\n');
        }
        return some.toString().stripTrailing();
    }
}
