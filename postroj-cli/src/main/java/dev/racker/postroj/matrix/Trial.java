package dev.racker.postroj.matrix;

import dev.racker.harness.probe.Verdict;
import dev.racker.harness.report.CellReport;
import dev.racker.postroj.plan.Row;

/** One cell: a row tried on an image, again when nobody could tell how it went. */
public final class Trial implements MatrixRunner.Cell {

    private final Candidate candidate;
    private final Row row;
    private final Bench bench;
    private TrialRun current;
    private boolean interrupted;

    /** Prepares a trial of a row on an image. */
    public Trial(Candidate candidate, Row row, Bench bench) {
        this.candidate = candidate;
        this.row = row;
        this.bench = bench;
    }

    @Override
    public String image() {
        return candidate.label();
    }

    @Override
    public String subject() {
        return row.subject();
    }

    @Override
    public CellReport run() {
        CellReport report = null;
        for (int attempt = 1; attempt <= 1 + bench.retries(); attempt++) {
            TrialRun run = begin(attempt);
            report = run.report();
            if (report.verdict() != Verdict.ERROR || isInterrupted()) {
                break;
            }
        }
        return report;
    }

    private synchronized TrialRun begin(int attempt) {
        current = new TrialRun(candidate, row, bench, attempt);
        if (interrupted) {
            current.interrupt();
        }
        return current;
    }

    private synchronized boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public synchronized void interrupt() {
        interrupted = true;
        if (current != null) {
            current.interrupt();
        }
    }
}
