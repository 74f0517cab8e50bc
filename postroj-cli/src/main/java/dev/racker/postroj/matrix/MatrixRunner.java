package dev.racker.postroj.matrix;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.probe.Verdict;
import dev.racker.harness.report.CellReport;
import dev.racker.harness.report.StepReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works off the cells of a matrix, several at once, in their order. */
public final class MatrixRunner {

    /** One cell: what is tried, and how. */
    public interface Cell {

        /** The image's label or reference. */
        String image();

        /** The row of the matrix. */
        String subject();

        /** Tries it; what goes wrong is in the report, and no exception but for defects. */
        CellReport run();

        /** Ends a trial that is under way as soon as possible; from any thread, any number of times. */
        void interrupt();
    }

    private final List<? extends Cell> cells;
    private final Watcher watcher;
    private final boolean failFast;
    private volatile boolean interrupted;
    private volatile String stopped = "";

    /**
     * Prepares a run.
     *
     * @param failFast whether nothing new is begun after a cell has not passed
     */
    public MatrixRunner(List<? extends Cell> cells, Watcher watcher, boolean failFast) {
        this.cells = List.copyOf(cells);
        this.watcher = watcher;
        this.failFast = failFast;
    }

    /** Tries all cells, {@code jobs} at once; a report for each, in their order. */
    public List<CellReport> run(int jobs) {
        return jobs == 1 ? oneByOne() : sideBySide(jobs);
    }

    private List<CellReport> oneByOne() {
        List<CellReport> reports = new ArrayList<>();
        for (Cell cell : cells) {
            reports.add(tryCell(cell));
        }
        return reports;
    }

    private List<CellReport> sideBySide(int jobs) {
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<CellReport>> futures = new ArrayList<>();
            for (Cell cell : cells) {
                futures.add(threads.submit(() -> tryCell(cell)));
            }
            List<CellReport> reports = new ArrayList<>();
            for (Future<CellReport> future : futures) {
                reports.add(future.get());
            }
            return reports;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while cells were tried.", null, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdown();
        }
    }

    /** Begins nothing new and ends what is under way. */
    public void interrupt() {
        interrupted = true;
        stopped = "interrupted";
        cells.forEach(Cell::interrupt);
    }

    /** Says whether {@link #interrupt()} was called. */
    public boolean isInterrupted() {
        return interrupted;
    }

    private CellReport tryCell(Cell cell) {
        CellReport report = stopped.isEmpty() ? cell.run() : skipped(cell, stopped);
        if (failFast && report.verdict() != Verdict.PASS && stopped.isEmpty()) {
            stopped = "not tried, because " + cell.subject() + " on " + cell.image() + " did not pass";
        }
        watcher.ended(report);
        return report;
    }

    private static CellReport skipped(Cell cell, String reason) {
        StepReport step = new StepReport("boot", Verdict.SKIPPED, reason, "", 0, "", Duration.ZERO, List.of());
        return new CellReport(cell.image(), cell.subject(), "", 1, Duration.ZERO, List.of(step), "", List.of());
    }
}
