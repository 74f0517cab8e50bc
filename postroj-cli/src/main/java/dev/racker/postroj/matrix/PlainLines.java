package dev.racker.postroj.matrix;

import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import dev.racker.harness.report.CellReport;
import dev.racker.harness.report.StepReport;
import java.io.PrintStream;

/** One line for each cell that has ended, for pipes and logs; with {@code verbose} also one for each phase. */
public final class PlainLines implements Watcher {

    private final PrintStream err;
    private final boolean verbose;

    /** Prints on a stream. */
    public PlainLines(PrintStream err, boolean verbose) {
        this.err = err;
        this.verbose = verbose;
    }

    @Override
    public synchronized void phase(String image, String subject, String phase) {
        if (verbose) {
            err.println(image + " " + subject + ": " + phase);
        }
    }

    @Override
    public synchronized void ended(CellReport report) {
        err.println(line(report));
    }

    /** A line such as {@code FAIL  debian-bookworm  nginx  3.2 s  install: ...}. */
    static String line(CellReport report) {
        // By hand: loading Formatter takes longer than entering the machine.
        String verdict = report.verdict().name();
        long tenths = (report.duration().toMillis() + 50) / 100;
        String line = verdict + " ".repeat(Math.max(1, 8 - verdict.length())) + report.image() + "  " + report.subject()
                + "  " + tenths / 10 + "." + tenths % 10 + " s";
        String reason = reason(report);
        return reason.isEmpty() ? line : line + "  " + reason;
    }

    private static String reason(CellReport report) {
        if (report.verdict() == Verdict.PASS) {
            return "";
        }
        for (StepReport step : report.steps()) {
            if (step.verdict() != report.verdict()) {
                continue;
            }
            if (step.verdictOfDeed() == step.verdict()) {
                return step.name() + ": " + firstLine(step.reason());
            }
            for (ProbeResult check : step.checks()) {
                if (check.verdict() == step.verdict()) {
                    return step.name() + ": " + firstLine(check.line());
                }
            }
        }
        return "";
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    @Override
    public void close() {}
}
