package dev.racker.harness.report;

import dev.racker.harness.probe.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was tried with one package, or several together, on one image.
 *
 * @param image the image's label or reference
 * @param subject the row of the matrix: the package, or what was run; never empty
 * @param machine the machine's name; empty when none was started
 * @param attempt 1 for the first one, more after retries
 * @param duration how long it took
 * @param steps what was done, in order
 * @param diagnosis what we believe the cause of a failure is, a sentence or two; empty when we do not know
 * @param evidence what is needed to understand a failure; empty when there was none
 */
public record CellReport(
        String image,
        String subject,
        String machine,
        int attempt,
        Duration duration,
        List<StepReport> steps,
        String diagnosis,
        List<Evidence> evidence) {

    /** Takes copies of the lists. */
    public CellReport {
        steps = List.copyOf(steps);
        evidence = List.copyOf(evidence);
    }

    /** The first step that ended as badly as the whole; empty when nothing went wrong. */
    public Optional<StepReport> culprit() {
        Verdict worst = verdict();
        return steps.stream()
                .filter(step -> worst.isBad() && step.verdict() == worst)
                .findFirst();
    }

    /** The worst of its steps; {@link Verdict#SKIPPED} when there is none. */
    public Verdict verdict() {
        Verdict worst = Verdict.SKIPPED;
        for (StepReport step : steps) {
            worst = worst.worse(step.verdict());
        }
        return worst;
    }
}
