package dev.racker.harness.report;

import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * One thing that was done in a machine, and the checks after it.
 *
 * @param name {@code boot}, {@code setup}, {@code install}, {@code upgrade}, {@code reinstall}, {@code remove},
 *     {@code purge}, {@code run}
 * @param verdictOfDeed how the deed itself ended, without its checks
 * @param reason why it failed, one sentence; empty when it did not
 * @param command what was run inside, as a line for a shell; empty when nothing was
 * @param status its exit status; 0 when nothing was run
 * @param log what it printed, both streams together; may be empty
 * @param duration how long the deed took, without its checks
 * @param checks what the checks after it saw
 */
public record StepReport(
        String name,
        Verdict verdictOfDeed,
        String reason,
        String command,
        int status,
        String log,
        Duration duration,
        List<ProbeResult> checks) {

    /** Takes a copy of the list. */
    public StepReport {
        checks = List.copyOf(checks);
    }

    /** The same when what failed was cut off: nobody can tell how it would have ended. */
    public StepReport cutOff() {
        return verdictOfDeed == Verdict.FAIL
                ? new StepReport(
                        name, Verdict.ERROR, "cut off by the interrupt", command, status, log, duration, checks)
                : this;
    }

    /** The checks that did not pass, the skipped ones left out. */
    public List<ProbeResult> badChecks() {
        return checks.stream().filter(check -> check.verdict().isBad()).toList();
    }

    /** How long the checks after the deed took. */
    public Duration durationOfChecks() {
        Duration sum = Duration.ZERO;
        for (ProbeResult check : checks) {
            sum = sum.plus(check.duration());
        }
        return sum;
    }

    /** What went wrong, in one sentence: the reason of the deed, else the first check that is as bad; empty when nothing did. */
    public String cause() {
        if (!verdict().isBad()) {
            return "";
        }
        if (verdictOfDeed == verdict()) {
            return reason.isEmpty() ? "exit status " + status : reason;
        }
        for (ProbeResult check : checks) {
            if (check.verdict() == verdict()) {
                return check.line();
            }
        }
        return reason;
    }

    /** The worst of the deed and its checks. */
    public Verdict verdict() {
        Verdict worst = verdictOfDeed;
        for (ProbeResult check : checks) {
            worst = worst.worse(check.verdict());
        }
        return worst;
    }
}
