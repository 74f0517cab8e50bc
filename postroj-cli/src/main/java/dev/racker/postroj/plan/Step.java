package dev.racker.postroj.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What can be done with a package, in the order that a lifecycle may name it. */
public enum Step {
    /** Installs the package, or what is to be upgraded from. */
    INSTALL,
    /** Upgrades what was installed to the package. */
    UPGRADE,
    /** Installs the same version again. */
    REINSTALL,
    /** Removes the package; configuration may stay. */
    REMOVE,
    /** Removes the package and its configuration. */
    PURGE;

    /** The word that users type, and that reports show. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a lifecycle: words separated by commas.
     *
     * @throws UsageException when a word is not known, comes twice, or the order makes no sense
     */
    public static List<Step> parse(String text) {
        List<Step> steps = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            Step step = of(word.strip(), text);
            if (steps.contains(step)) {
                throw wrong(text, "\"" + step.word() + "\" comes twice");
            }
            boolean gone = steps.contains(REMOVE) || steps.contains(PURGE);
            if (steps.isEmpty() && step != INSTALL) {
                throw wrong(text, "it does not begin with install");
            }
            if (gone && step != PURGE) {
                throw wrong(text, "\"" + step.word() + "\" comes after the package was removed");
            }
            if (step == UPGRADE && steps.contains(REINSTALL)) {
                throw wrong(text, "\"upgrade\" comes after \"reinstall\"");
            }
            steps.add(step);
        }
        return List.copyOf(steps);
    }

    private static Step of(String word, String text) {
        for (Step step : values()) {
            if (step.word().equals(word)) {
                return step;
            }
        }
        throw wrong(text, "\"" + word + "\" is no step");
    }

    private static UsageException wrong(String text, String problem) {
        return new UsageException(
                "Tried to read the lifecycle \"" + text + "\", but " + problem + ".",
                "Give some of install,upgrade,reinstall,remove,purge, in this order.");
    }
}
