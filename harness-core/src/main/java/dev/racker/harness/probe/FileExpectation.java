package dev.racker.harness.probe;

import dev.racker.harness.console.Suggestions;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a file should be or have.
 *
 * @param property which
 * @param expected what
 * @param pattern what its contents must hold; null when it is about something else
 */
record FileExpectation(String property, String expected, TextPattern pattern) {

    static final String CONTAINS = "contains:";

    private static final List<String> EXISTENCE = List.of("present", "absent");
    private static final List<String> TYPES =
            List.of("file", "directory", "symlink", "socket", "fifo", "block", "char");

    static FileExpectation parse(String text, String word) {
        if (EXISTENCE.contains(word)) {
            return new FileExpectation("existence", word, null);
        }
        if (TYPES.contains(word)) {
            return new FileExpectation("type", word, null);
        }
        if (word.startsWith(CONTAINS)) {
            String pattern = word.substring(CONTAINS.length());
            return new FileExpectation("contents", pattern, TextPattern.parse(pattern));
        }
        if (isMode(word)) {
            return new FileExpectation("mode", word, null);
        }
        if (word.length() > 1 && word.indexOf(':') >= 0 && word.indexOf(':') == word.lastIndexOf(':')) {
            return new FileExpectation("owner", word, null);
        }
        List<String> words = new ArrayList<>(EXISTENCE);
        words.addAll(TYPES);
        List<String> near = Suggestions.nearest(word, words);
        throw InvalidProbeException.of(
                "the file check",
                text,
                "\"" + word + "\" is nothing that a file can be",
                near.isEmpty()
                        ? "Give " + String.join(", ", words) + ", a mode such as 0644, USER:GROUP, or contains:TEXT."
                        : "Did you mean " + String.join(" or ", near) + "?");
    }

    private static boolean isMode(String word) {
        return (word.length() == 3 || word.length() == 4) && word.chars().allMatch(c -> c >= '0' && c <= '7');
    }

    boolean isAbsence() {
        return expected.equals("absent") && property.equals("existence");
    }

    boolean isContents() {
        return pattern != null;
    }

    /** Says whether it is about the path itself, and not about what a link leads to. */
    boolean isOfThePath() {
        return property.equals("existence") || expected.equals("symlink");
    }

    String actual(FileStatus seen) {
        if (!seen.isThere()) {
            return "absent";
        }
        return switch (property) {
            case "existence" -> "present";
            case "type" -> seen.type();
            case "mode" -> "0" + seen.mode();
            default -> seen.user() + ":" + seen.group();
        };
    }

    boolean isMetBy(FileStatus seen) {
        if (!seen.isThere()) {
            return isAbsence();
        }
        return switch (property) {
            case "existence" -> expected.equals("present");
            case "type" -> expected.equals(seen.type());
            case "mode" -> Integer.parseInt(expected, 8) == Integer.parseInt(seen.mode(), 8);
            case "owner" -> isOwner(seen);
            default -> false;
        };
    }

    private boolean isOwner(FileStatus seen) {
        int colon = expected.indexOf(':');
        String user = expected.substring(0, colon);
        String group = expected.substring(colon + 1);
        return (user.isEmpty() || user.equals(seen.user()) || user.equals(seen.uid()))
                && (group.isEmpty() || group.equals(seen.group()) || group.equals(seen.gid()));
    }
}
