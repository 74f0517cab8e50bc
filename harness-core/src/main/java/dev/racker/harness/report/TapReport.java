package dev.racker.harness.report;

import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/**
 * The result record as TAP 13 (Test Anything Protocol), with a block of YAML after each point that did not pass.
 *
 * <p>A point for each deed and each check after it, named {@code IMAGE SUBJECT STEP[: CHECK]}. TAP knows no errors: such
 * a point is {@code not ok} too, and its YAML says {@code severity: error}. After an interrupted run the last line is
 * {@code Bail out! interrupted}.
 */
public final class TapReport {

    private static final int LONGEST_TEXT = 4000;
    private static final int LONGEST_LINE = 1000;

    /**
     * Writes the document; the writer is flushed, not closed.
     *
     * @throws IOException when the writer fails
     */
    public void write(RunReport report, Writer out) throws IOException {
        List<TestPoint> points = TestPoint.of(report.cells());
        out.write("TAP version 13\n1.." + points.size() + (points.isEmpty() ? " # SKIP nothing was tried" : "") + "\n");
        comment(out, report.title() + ", version " + report.version());
        comment(out, ShellWords.join(report.commandLine()));
        comment(out, report.host());
        for (int i = 0; i < points.size(); i++) {
            point(out, i + 1, points.get(i));
        }
        if (report.interrupted()) {
            out.write("Bail out! interrupted\n");
        }
        out.flush();
    }

    private static void comment(Writer out, String text) throws IOException {
        out.write("# " + PlainText.line(text, LONGEST_LINE) + "\n");
    }

    private static void point(Writer out, int number, TestPoint point) throws IOException {
        CellReport cell = point.cell();
        String description = cell.image() + " " + cell.subject() + " " + point.name();
        out.write(point.verdict().isBad() ? "not ok " : "ok ");
        out.write(number + " - " + escaped(PlainText.line(description, LONGEST_LINE)));
        if (point.verdict() == Verdict.SKIPPED) {
            out.write(" # SKIP " + escaped(point.message()));
        }
        out.write("\n");
        if (point.verdict().isBad()) {
            diagnostics(out, point);
        }
    }

    private static void diagnostics(Writer out, TestPoint point) throws IOException {
        out.write("  ---\n");
        scalar(out, "message", point.message());
        scalar(out, "severity", point.verdict().name().toLowerCase(Locale.ROOT));
        out.write("  duration_ms: " + point.duration().toMillis() + "\n");
        ProbeResult check = point.check();
        if (check == null) {
            scalar(out, "command", point.step().command());
            out.write("  exit_status: " + point.step().status() + "\n");
        } else {
            scalar(out, "expected", check.expected());
            scalar(out, "actual", check.actual());
            block(out, "detail", check.detail());
        }
        if (point.isCulprit()) {
            scalar(out, "diagnosis", point.cell().diagnosis());
        }
        if (check == null) {
            block(out, "log", point.step().log());
        }
        out.write("  ...\n");
    }

    private static void scalar(Writer out, String key, String value) throws IOException {
        String line = PlainText.line(value, LONGEST_LINE);
        if (!line.isEmpty()) {
            out.write("  " + key + ": " + quoted(line) + "\n");
        }
    }

    /**
     * A literal block. Its first line decides the indentation; and the reader of Perl's TAP::Parser takes neither a digit
     * that says so nor an empty line without its spaces.
     */
    private static void block(Writer out, String key, String text) throws IOException {
        String plain = PlainText.cut(PlainText.of(text).strip(), LONGEST_TEXT);
        if (plain.isEmpty()) {
            return;
        }
        out.write("  " + key + ": |\n");
        for (String line : plain.split("\n")) {
            out.write("    " + line.replace('\t', ' ') + "\n");
        }
    }

    /** Double quotes are the one style of YAML in which every text can be written. */
    private static String quoted(String line) {
        return "\"" + line.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** A hash would start a directive; a backslash escapes it. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("#", "\\#");
    }
}
