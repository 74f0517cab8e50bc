package dev.racker.harness.host;

/**
 * How a program is asked for its version.
 *
 * @param marker the text after which the version stands in the answer, empty for the first word that begins with a digit
 * @param argument the only argument
 */
record VersionQuestion(String marker, String argument) {

    /** Finds the version in what the program said; empty when there is none. */
    String versionIn(String answer) {
        int from = answer.indexOf(marker);
        if (from < 0) {
            return "";
        }
        boolean first = true;
        for (int i = from + marker.length(); i < answer.length(); i++) {
            if (first && isDigit(answer.charAt(i))) {
                return word(answer, i);
            }
            first = Character.isWhitespace(answer.charAt(i)) || first && answer.charAt(i) == 'v';
        }
        return "";
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String word(String text, int from) {
        int end = from;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != ',') {
            end++;
        }
        return text.substring(from, end);
    }
}
