package dev.racker.harness.evidence;

import dev.racker.harness.report.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * The probable cause of a failure, told only where we can be right.
 *
 * @param text a sentence or two for people
 * @param blame whose fault it is
 * @param clue the line that shows it
 */
public record Diagnosis(String text, Blame blame, String clue) {

    /**
     * Looks for the cause in what was collected.
     *
     * @param log what the package manager printed; may be empty
     * @param evidence as {@link Evidences} collects it
     */
    public static Optional<Diagnosis> find(String log, List<Evidence> evidence) {
        Clues clues = Clues.of(log, evidence);
        for (Rule rule : DiagnosisRules.all()) {
            Optional<Diagnosis> diagnosis = rule.apply(clues);
            if (diagnosis.isPresent()) {
                return diagnosis;
            }
        }
        return Optional.empty();
    }

    /** The text of what {@link #find} finds; empty when that is nothing. */
    public static String of(String log, List<Evidence> evidence) {
        return find(log, evidence).map(Diagnosis::text).orElse("");
    }

    /** One way to tell a cause. */
    interface Rule {
        Optional<Diagnosis> apply(Clues clues);
    }
}
