package dev.racker.postroj.matrix;

import dev.racker.harness.distribution.Transaction;
import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import dev.racker.harness.report.StepReport;
import java.time.Duration;
import java.util.List;

/** Makes the reports of steps. */
final class Steps {

    private Steps() {}

    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    static StepReport done(String name, Duration duration) {
        return done(name, duration, List.of());
    }

    static StepReport done(String name, Duration duration, List<ProbeResult> checks) {
        return new StepReport(name, Verdict.PASS, "", "", 0, "", duration, checks);
    }

    static StepReport failed(String name, Verdict verdict, String reason, Duration duration) {
        return new StepReport(name, verdict, reason, "", 0, "", duration, List.of());
    }

    /** What a package manager did, and the checks after it; what it could not reach says nothing about the package. */
    static StepReport of(String name, Transaction transaction, List<ProbeResult> checks) {
        Verdict verdict =
                transaction.succeeded() ? Verdict.PASS : transaction.unreachable() ? Verdict.ERROR : Verdict.FAIL;
        return new StepReport(
                name,
                verdict,
                transaction.reason(),
                transaction.command(),
                transaction.status(),
                transaction.log(),
                transaction.duration(),
                checks);
    }
}
