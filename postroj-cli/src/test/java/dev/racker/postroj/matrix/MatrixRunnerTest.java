package dev.racker.postroj.matrix;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.probe.Verdict;
import dev.racker.harness.report.CellReport;
import dev.racker.harness.report.StepReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MatrixRunnerTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Watcher watcher = new PlainLines(new PrintStream(printed, true, StandardCharsets.UTF_8), false);

    private record Cell(String image, String subject, Supplier<Verdict> work, Runnable end)
            implements MatrixRunner.Cell {

        @Override
        public CellReport run() {
            return new CellReport(
                    image, subject, "", 1, Duration.ofSeconds(1), List.of(step(work.get())), "", List.of());
        }

        @Override
        public void interrupt() {
            end.run();
        }
    }

    private static StepReport step(Verdict verdict) {
        String reason = verdict == Verdict.PASS ? "" : "it broke\nbadly";
        return new StepReport("install", verdict, reason, "", 0, "", Duration.ZERO, List.of());
    }

    private static Cell cell(String subject, Verdict verdict) {
        return new Cell("debian", subject, () -> verdict, () -> {});
    }

    private static List<Verdict> verdicts(List<CellReport> reports) {
        return reports.stream().map(CellReport::verdict).toList();
    }

    @Test
    void reports_come_in_the_order_of_the_cells_whoever_is_first() {
        CountDownLatch second = new CountDownLatch(1);
        Cell slow = new Cell(
                "debian",
                "a",
                () -> {
                    await(second);
                    return Verdict.PASS;
                },
                () -> {});
        Cell fast = new Cell(
                "debian",
                "b",
                () -> {
                    second.countDown();
                    return Verdict.FAIL;
                },
                () -> {});

        List<CellReport> reports = new MatrixRunner(List.of(slow, fast), watcher, false).run(2);

        assertEquals(List.of(Verdict.PASS, Verdict.FAIL), verdicts(reports));
    }

    @Test
    void after_a_failure_nothing_new_is_begun_when_asked_for() {
        List<Cell> cells = List.of(cell("a", Verdict.PASS), cell("b", Verdict.FAIL), cell("c", Verdict.PASS));

        List<CellReport> reports = new MatrixRunner(cells, watcher, true).run(1);

        assertAll(
                () -> assertEquals(List.of(Verdict.PASS, Verdict.FAIL, Verdict.SKIPPED), verdicts(reports)),
                () -> assertEquals(
                        "not tried, because b on debian did not pass",
                        reports.get(2).steps().get(0).reason()),
                () -> assertEquals(
                        List.of(Verdict.PASS, Verdict.FAIL, Verdict.PASS),
                        verdicts(new MatrixRunner(cells, watcher, false).run(1))));
    }

    @Test
    void an_interrupt_reaches_what_is_under_way_and_keeps_the_rest_from_beginning() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Cell running = new Cell(
                "debian",
                "a",
                () -> {
                    begun.countDown();
                    await(ended);
                    return Verdict.ERROR;
                },
                ended::countDown);
        MatrixRunner runner = new MatrixRunner(List.of(running, cell("b", Verdict.PASS)), watcher, false);
        Thread user = new Thread(() -> {
            await(begun);
            runner.interrupt();
        });
        user.start();

        List<CellReport> reports = runner.run(1);

        user.join();
        assertAll(
                () -> assertEquals(List.of(Verdict.ERROR, Verdict.SKIPPED), verdicts(reports)),
                () -> assertTrue(runner.isInterrupted()));
    }

    @Test
    void each_cell_is_a_line_with_the_first_line_of_the_reason() {
        new MatrixRunner(List.of(cell("a", Verdict.PASS), cell("b", Verdict.ERROR)), watcher, false).run(1);

        assertEquals(
                "PASS    debian  a  1.0 s\nERROR   debian  b  1.0 s  install: it broke\n",
                printed.toString(StandardCharsets.UTF_8));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
