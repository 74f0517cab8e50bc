package dev.racker.harness.report;

import java.util.List;

/** A command line as somebody could type it again. */
final class ShellWords {

    private static final String PLAIN = "%+,-./:=@_^";

    private ShellWords() {}

    /** The words with spaces between, each quoted for a POSIX shell where it needs to be. */
    static String join(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.length() == 0 ? "" : " ")
                    .append(isPlain(word) ? word : "'" + word.replace("'", "'\\''") + "'");
        }
        return line.toString();
    }

    private static boolean isPlain(String word) {
        return !word.isEmpty()
                && word.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
    }
}
