package dev.racker.harness.evidence;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line tells the cause. */
final class LineRule implements Diagnosis.Rule {

    private enum Place {
        LOG,
        UNITS,
        BOTH
    }

    private final Place place;
    private final Blame blame;
    private final Pattern pattern;
    private final Function<MatchResult, String> words;
    private final Pattern unless;

    private LineRule(Place place, Blame blame, Pattern pattern, Function<MatchResult, String> words, Pattern unless) {
        this.place = place;
        this.blame = blame;
        this.pattern = pattern;
        this.words = words;
        this.unless = unless;
    }

    /** A line of the package manager. */
    static LineRule log(Blame blame, String pattern, Function<MatchResult, String> words) {
        return new LineRule(Place.LOG, blame, Pattern.compile(pattern), words, null);
    }

    /** A line of the status or the journal of a unit. */
    static LineRule unit(Blame blame, String pattern, Function<MatchResult, String> words) {
        return new LineRule(Place.UNITS, blame, Pattern.compile(pattern), words, null);
    }

    /** A line of either. */
    static LineRule any(Blame blame, String pattern, Function<MatchResult, String> words) {
        return new LineRule(Place.BOTH, blame, Pattern.compile(pattern), words, null);
    }

    /** The same rule, which does not apply when a line of the package manager matches this. */
    LineRule unlessLogged(String other) {
        return new LineRule(place, blame, pattern, words, Pattern.compile(other));
    }

    @Override
    public Optional<Diagnosis> apply(Clues clues) {
        if (unless != null && clues.log().stream().anyMatch(unless.asPredicate())) {
            return Optional.empty();
        }
        if (place != Place.UNITS) {
            Optional<Diagnosis> found = search(clues.log());
            if (found.isPresent()) {
                return found;
            }
        }
        if (place != Place.LOG) {
            for (List<String> lines : clues.units().values()) {
                Optional<Diagnosis> found = search(lines);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Diagnosis> search(List<String> lines) {
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return Optional.of(new Diagnosis(words.apply(matcher), blame, line.strip()));
            }
        }
        return Optional.empty();
    }
}
