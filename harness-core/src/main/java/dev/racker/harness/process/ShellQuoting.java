package dev.racker.harness.process;

/** Quoting that shows a command line to a person who wants to paste it into a POSIX shell. */
final class ShellQuoting {

    private ShellQuoting() {}

    static String quote(String word) {
        if (word.isEmpty()) {
            return "''";
        }
        for (int i = 0; i < word.length(); i++) {
            if (!isPlain(word.charAt(i))) {
                return "'" + word.replace("'", "'\\''") + "'";
            }
        }
        return word;
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "@%+=:,./_-".indexOf(c) >= 0;
    }
}
