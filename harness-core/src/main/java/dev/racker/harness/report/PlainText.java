package dev.racker.harness.report;

/** What programs printed, made fit for a document: the text that a terminal would show in the end, and nothing else. */
final class PlainText {

    private static final char ESCAPE = 0x1b;
    private static final char BELL = 0x07;

    private PlainText() {}

    /**
     * Leaves out escape sequences (ECMA-48), control characters, lone surrogates and whatever else XML 1.0 does not
     * allow. Of lines that were drawn over each other, as progress is, the last one stays. Lines end with LF.
     */
    static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int line = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == ESCAPE || c == 0x9b) {
                i = afterEscape(text, i);
                continue;
            }
            if (c == '\r' && overdrawn(text, i)) {
                plain.setLength(line);
            } else if (c == '\n') {
                plain.append('\n');
                line = plain.length();
            } else if (visible(c)) {
                plain.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return plain.toString();
    }

    /** The same on one line: white space of any kind becomes one space, and what is too long ends with an ellipsis. */
    static String line(String text, int limit) {
        String plain = of(text);
        StringBuilder line = new StringBuilder(Math.min(plain.length(), limit + 1));
        boolean space = false;
        for (int i = 0; i < plain.length() && line.length() <= limit; i++) {
            char c = plain.charAt(i);
            if (Character.isWhitespace(c)) {
                space = line.length() > 0;
                continue;
            }
            if (space) {
                line.append(' ');
                space = false;
            }
            line.append(c);
        }
        if (line.length() > limit) {
            line.setLength(Character.isHighSurrogate(line.charAt(limit - 2)) ? limit - 2 : limit - 1);
            line.append('…');
        }
        return line.toString();
    }

    /** The whole text, or, when it is longer than the limit in characters, its begin and its end with a note between. */
    static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int head = limit / 3; // the end tells more: it is where things broke
        int tail = text.length() - (limit - head);
        int lineEnd = text.lastIndexOf('\n', head);
        head = lineEnd > head / 2 ? lineEnd : pair(text, head);
        int lineStart = text.indexOf('\n', tail) + 1;
        tail = lineStart > 0 && lineStart < text.length() - limit / 3 ? lineStart : pair(text, tail);
        long lines = text.substring(head, tail).lines().count();
        return text.substring(0, head) + "\n\n[… " + (tail - head) + " characters in " + lines
                + (lines == 1 ? " line" : " lines") + " left out here; report.json has them all …]\n\n"
                + text.substring(tail);
    }

    /** Replaces lone surrogates, which no encoding of Unicode can hold; all else stays as it is. */
    static String encodable(String text) {
        StringBuilder encodable = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                i++;
                continue;
            }
            encodable = encodable == null ? new StringBuilder(text) : encodable;
            encodable.setCharAt(i, '\ufffd');
        }
        return encodable == null ? text : encodable.toString();
    }

    private static int pair(String text, int index) {
        boolean inside = Character.isLowSurrogate(text.charAt(index))
                && index > 0
                && Character.isHighSurrogate(text.charAt(index - 1));
        return inside ? index + 1 : index;
    }

    /** A carriage return that is not part of a line end, and after which something is drawn on the same line. */
    private static boolean overdrawn(String text, int index) {
        int next = index + 1;
        while (next < text.length() && text.charAt(next) == '\r') {
            next++;
        }
        return next < text.length() && text.charAt(next) != '\n';
    }

    private static boolean visible(int c) {
        if (c < 0x20) {
            return c == '\t';
        }
        return (c < 0x7f || c > 0x9f) && (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff;
    }

    private static int afterEscape(String text, int start) {
        int i = start + 1;
        char kind = text.charAt(start) == 0x9b ? '[' : i < text.length() ? text.charAt(i++) : 0;
        if (kind == '[') {
            return afterControlSequence(text, i);
        }
        if (kind == ']' || kind == 'P' || kind == '_' || kind == '^' || kind == 'X') {
            return afterString(text, i);
        }
        while (kind >= 0x20 && kind <= 0x2f && i < text.length()) { // ESC ( B and its like
            kind = text.charAt(i++);
        }
        return kind == '\n' || kind == ESCAPE || Character.isSurrogate(kind) ? i - 1 : i;
    }

    private static int afterControlSequence(String text, int start) {
        int i = start;
        while (i < text.length() && text.charAt(i) >= 0x20 && text.charAt(i) <= 0x3f) {
            i++;
        }
        boolean ended = i < text.length() && text.charAt(i) >= 0x40 && text.charAt(i) <= 0x7e;
        return ended ? i + 1 : i;
    }

    /** Titles, links and their like; one that is never ended takes its line and no more. */
    private static int afterString(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == BELL || c == 0x9c) {
                return i + 1;
            }
            if (c == ESCAPE) {
                return i + 1 < text.length() && text.charAt(i + 1) == '\\' ? i + 2 : i;
            }
            if (c == '\n') {
                return i;
            }
        }
        return text.length();
    }
}
