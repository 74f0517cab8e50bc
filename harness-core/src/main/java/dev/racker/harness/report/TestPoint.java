package dev.racker.harness.report;

import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One line of the formats that know tests only: a deed, or one check after it.
 *
 * @param cell where it belongs
 * @param step where it belongs; null for a cell in which nothing was done
 * @param check null for the deed itself
 * @param name unique for one image and subject: GitLab keeps only the first of those that are called the same
 * @param verdict how it ended
 * @param message what went wrong on one line; empty when it passed
 * @param duration how long it took
 */
record TestPoint(
        CellReport cell,
        StepReport step,
        ProbeResult check,
        String name,
        Verdict verdict,
        String message,
        Duration duration) {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_MESSAGE = 500;

    /** Those of some cells, in the order in which they were done. */
    static List<TestPoint> of(List<CellReport> cells) {
        List<TestPoint> points = new ArrayList<>();
        Set<List<String>> names = new HashSet<>();
        for (CellReport cell : cells) {
            if (cell.steps().isEmpty()) {
                String name = unique(names, cell, "not run");
                points.add(new TestPoint(cell, null, null, name, Verdict.SKIPPED, "not run", cell.duration()));
            }
            for (StepReport step : cell.steps()) {
                points.add(deed(names, cell, step));
                for (ProbeResult check : step.checks()) {
                    points.add(check(names, cell, step, check));
                }
            }
        }
        return points;
    }

    /** Whether this is the one that the evidence of its cell explains: the first one that is as bad as the whole. */
    boolean isCulprit() {
        Optional<StepReport> culprit = cell.culprit();
        if (culprit.isEmpty() || step != culprit.get() || verdict != cell.verdict()) {
            return false;
        }
        return check == null
                || step.verdictOfDeed() != verdict
                        && check
                                == step.checks().stream()
                                        .filter(each -> each.verdict() == verdict)
                                        .findFirst()
                                        .orElseThrow();
    }

    private static TestPoint deed(Set<List<String>> names, CellReport cell, StepReport step) {
        Verdict verdict = step.verdictOfDeed();
        String message = step.reason();
        if (message.isEmpty() && verdict.isBad()) {
            message = "exit status " + step.status();
        }
        if (message.isEmpty() && verdict == Verdict.SKIPPED) {
            message = "not tried";
        }
        String name = unique(names, cell, step.name());
        return new TestPoint(
                cell, step, null, name, verdict, PlainText.line(message, LONGEST_MESSAGE), step.duration());
    }

    private static TestPoint check(Set<List<String>> names, CellReport cell, StepReport step, ProbeResult check) {
        String text = step.name() + ": " + check.kind() + " " + check.subject() + " " + check.property();
        String message = switch (check.verdict()) {
            case PASS -> "";
            case SKIPPED -> check.actual().isEmpty() ? "not tried" : check.actual();
            case FAIL -> "expected " + check.expected() + ", was " + check.actual();
            case ERROR -> check.actual();
        };
        return new TestPoint(
                cell,
                step,
                check,
                unique(names, cell, text),
                check.verdict(),
                PlainText.line(message, LONGEST_MESSAGE),
                check.duration());
    }

    private static String unique(Set<List<String>> names, CellReport cell, String text) {
        String name = PlainText.line(text, LONGEST_NAME);
        String candidate = name;
        for (int i = 2; !names.add(List.of(cell.image(), cell.subject(), candidate)); i++) {
            candidate = name + " (" + i + ")";
        }
        return candidate;
    }
}
