package dev.racker.harness.report;

import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The summary that people read when a run has ended: the matrix, why what is bad is bad, and the counts.
 *
 * <p>Lines stay within the width wherever words allow it. No text of a machine reaches the terminal with its escape
 * sequences.
 */
public final class ConsoleReport {

    private static final int NARROWEST = 40;
    private static final int LONGEST = 600;
    private static final int MOST_DETAIL_LINES = 6;

    private final boolean coloured;
    private final int width;

    /**
     * Creates a writer.
     *
     * @param coloured whether to use colours: only on a terminal, and not when NO_COLOR is set (no-color.org)
     * @param width the number of columns to stay within
     */
    public ConsoleReport(boolean coloured, int width) {
        this.coloured = coloured;
        this.width = Math.max(NARROWEST, width);
    }

    /**
     * Writes the summary.
     *
     * @param reports the page or directory to point to; null when none was written
     * @throws IOException when the output fails
     */
    public void write(RunReport report, Path reports, Appendable out) throws IOException {
        StringBuilder text = new StringBuilder();
        if (!report.cells().isEmpty()) {
            text.append(new ConsoleMatrix(report, width, this::painted).draw()).append('\n');
        }
        for (CellReport cell : report.badCells()) {
            bad(text, cell);
        }
        total(text, report);
        if (reports != null) {
            text.append("Report: ")
                    .append(PlainText.line(reports.toString(), LONGEST))
                    .append('\n');
        }
        out.append(text);
    }

    private void bad(StringBuilder text, CellReport cell) {
        text.append(painted(cell.verdict()))
                .append(" ".repeat(Math.max(1, 7 - word(cell.verdict()).length())));
        wrap(text, "", cell.subject() + " on " + cell.image() + ", " + Durations.text(cell.duration()), 7, false);
        Set<String> told = new HashSet<>();
        for (StepReport step : cell.steps()) {
            if (step.verdict().isBad()) {
                step(text, step, told);
            }
        }
        wrap(text, "diagnosis: ", cell.diagnosis(), 2, true);
        text.append('\n');
    }

    /** A check that fails after several steps is told once, and so are lines that explain several checks. */
    private void step(StringBuilder text, StepReport step, Set<String> told) {
        if (step.verdictOfDeed().isBad()) {
            String reason = step.reason().isEmpty() ? "exit status " + step.status() : step.reason();
            wrap(text, step.name() + ": ", reason, 2, true);
            wrap(text, "# ", step.command(), 4, true);
            end(text, step.log());
        }
        int again = 0;
        for (ProbeResult check : step.badChecks()) {
            if (!told.add(check.line())) {
                again++;
                continue;
            }
            wrap(text, "after " + step.name() + ": ", check.line(), 2, true);
            if (told.add(firstLine(check.detail()))) {
                detail(text, check.detail());
            }
        }
        if (again > 0) {
            wrap(
                    text,
                    "after " + step.name() + ": ",
                    again + (again == 1 ? " check" : " checks") + " as before",
                    2,
                    true);
        }
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Why a program did not do what it was asked stands at the end of what it said. */
    private void end(StringBuilder text, String log) {
        List<String> lines = lines(log);
        int from = Math.max(0, lines.size() - MOST_DETAIL_LINES);
        if (from > 0) {
            text.append("    (")
                    .append(from)
                    .append(from == 1 ? " line" : " lines")
                    .append(" before)\n");
        }
        for (String line : lines.subList(from, lines.size())) {
            wrap(text, "", line, 4, true);
        }
    }

    private static List<String> lines(String text) {
        return PlainText.of(text).lines().filter(line -> !line.isBlank()).toList();
    }

    private void detail(StringBuilder text, String detail) {
        List<String> lines = lines(detail);
        for (String line : lines.subList(0, Math.min(lines.size(), MOST_DETAIL_LINES))) {
            wrap(text, "", line, 4, true);
        }
        if (lines.size() > MOST_DETAIL_LINES) {
            text.append("    (").append(lines.size() - MOST_DETAIL_LINES).append(" more lines)\n");
        }
    }

    private void total(StringBuilder text, RunReport report) {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : List.of(Verdict.PASS, Verdict.FAIL, Verdict.ERROR, Verdict.SKIPPED)) {
            int count = report.count(verdict);
            if (count > 0) {
                parts.add(count + " " + Words.plural(verdict, count));
            }
        }
        int cells = report.cells().size();
        String counts = parts.isEmpty() ? "" : ": " + String.join(", ", parts);
        text.append(painted(report.verdict()))
                .append(report.interrupted() ? " (interrupted)" : "")
                .append("  ");
        text.append(cells).append(cells == 1 ? " cell" : " cells").append(counts);
        text.append(", in ").append(Durations.text(report.duration())).append('\n');
    }

    /** Breaks at spaces; lines after the first stand under the text, not under the label. */
    private void wrap(StringBuilder text, String label, String words, int indent, boolean indented) {
        String line = PlainText.line(words, LONGEST);
        if (line.isEmpty()) {
            return;
        }
        String first = PlainText.line(label, LONGEST) + (label.endsWith(" ") ? " " : "");
        int hang = first.length() > width / 3 ? indent + 4 : indent + first.length();
        int column = indent + first.length();
        text.append(indented ? " ".repeat(indent) : "").append(first);
        boolean fresh = true;
        for (String word : line.split(" ")) {
            int length = word.codePointCount(0, word.length());
            if (!fresh && column + 1 + length > width) {
                text.append('\n').append(" ".repeat(hang));
                column = hang;
                fresh = true;
            }
            text.append(fresh ? "" : " ").append(word);
            column += length + (fresh ? 0 : 1);
            fresh = false;
        }
        text.append('\n');
    }

    private static String word(Verdict verdict) {
        return verdict.name();
    }

    private String painted(Verdict verdict) {
        if (!coloured) {
            return word(verdict);
        }
        String code = switch (verdict) {
            case PASS -> "32";
            case FAIL -> "1;31";
            case ERROR -> "1;35";
            case SKIPPED -> "2";
        };
        return "\u001b[" + code + "m" + word(verdict) + "\u001b[0m";
    }

    /** How verdicts are counted in words. */
    static final class Words {
        private Words() {}

        static String plural(Verdict verdict, int count) {
            return switch (verdict) {
                case PASS -> "passed";
                case FAIL -> "failed";
                case ERROR -> count == 1 ? "error" : "errors";
                case SKIPPED -> verdict.name().toLowerCase(Locale.ROOT);
            };
        }
    }
}
