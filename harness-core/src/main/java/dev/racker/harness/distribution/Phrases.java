package dev.racker.harness.distribution;

import dev.racker.harness.distribution.PackageTool.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The phrases of a package manager that tell why it failed, the most telling first, each with a clause that says it. */
final class Phrases {

    private record Phrase(Pattern pattern, String clause, boolean unreachable, boolean always) {}

    private final List<Phrase> phrases = new ArrayList<>();

    /**
     * Adds a phrase that counts when the program has failed.
     *
     * @param clause {@code $1}, {@code $2}, ... stand for the groups of the regular expression
     */
    Phrases say(String expression, String clause) {
        return add(expression, clause, false, false);
    }

    /** Adds a phrase that counts even when the exit status was good. */
    Phrases always(String expression, String clause) {
        return add(expression, clause, false, true);
    }

    /** Adds a phrase that tells of a repository that cannot be reached; counts when the program has failed. */
    Phrases unreachable(String expression) {
        return add(expression, "a repository cannot be reached: $1", true, false);
    }

    /** The same, also when the exit status was good. */
    Phrases alwaysUnreachable(String expression) {
        return add(expression, "a repository cannot be reached: $1", true, true);
    }

    private Phrases add(String expression, String clause, boolean unreachable, boolean always) {
        Pattern pattern = Pattern.compile(expression, Pattern.MULTILINE);
        phrases.add(new Phrase(pattern, clause, unreachable, always));
        return this;
    }

    /** What the program meant; a status that is not good and no known phrase give the last lines of what it said. */
    Reading read(String program, int status, boolean good, String said) {
        for (Phrase phrase : phrases) {
            if (good && !phrase.always()) {
                continue;
            }
            Matcher matcher = phrase.pattern().matcher(said);
            if (matcher.find()) {
                return new Reading(clause(phrase.clause(), matcher), phrase.unreachable());
            }
        }
        return good ? Reading.GOOD : Reading.failed(unknown(program, status, said));
    }

    private static String clause(String clause, Matcher matcher) {
        String text = clause;
        for (int i = 1; i <= matcher.groupCount(); i++) {
            String group = matcher.group(i);
            text = text.replace("$" + i, group == null ? "" : group.strip());
        }
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String unknown(String program, int status, String said) {
        String last = said.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((first, second) -> isError(first) && !isError(second) ? first : second)
                .orElse("");
        return program + " ended with exit status " + status + (last.isEmpty() ? "" : ": " + last);
    }

    private static boolean isError(String line) {
        return line.startsWith("E: ") || line.startsWith("Error") || line.startsWith("error: ");
    }
}
