package dev.racker.postroj.matrix;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.distribution.PackageManager;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.evidence.Diagnosis;
import dev.racker.harness.evidence.Evidences;
import dev.racker.harness.machine.BootFailedException;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.probe.Verdict;
import dev.racker.harness.report.CellReport;
import dev.racker.harness.report.Evidence;
import dev.racker.harness.report.StepReport;
import dev.racker.postroj.plan.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One attempt to try a row on an image, in a machine of its own. */
final class TrialRun {

    private final Candidate candidate;
    private final Row row;
    private final Bench bench;
    private final int attempt;
    private final long began = System.nanoTime();
    private final List<StepReport> steps = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private String machineName = "";
    private Machine machine;
    private boolean interrupted;

    TrialRun(Candidate candidate, Row row, Bench bench, int attempt) {
        this.candidate = candidate;
        this.row = row;
        this.bench = bench;
        this.attempt = attempt;
    }

    /** Tries it. */
    CellReport report() {
        if (candidate.image() == null) {
            steps.add(Steps.failed("pull", Verdict.ERROR, candidate.problem(), Duration.ZERO));
            return cell();
        }
        try {
            tryInMachine();
        } catch (HarnessException failure) {
            steps.add(Steps.failed(
                    isInterrupted() ? "interrupt" : "harness", Verdict.ERROR, problem(failure), Duration.ZERO));
        }
        return cell();
    }

    private String problem(HarnessException failure) {
        return isInterrupted() ? "The run was interrupted." : failure.getMessage();
    }

    /** Kills the machine, if there is one already. */
    void interrupt() {
        Machine running;
        synchronized (this) {
            interrupted = true;
            running = machine;
        }
        if (running != null) {
            running.kill();
        }
    }

    private synchronized boolean isInterrupted() {
        return interrupted;
    }

    private synchronized void running(Machine started) {
        machine = started;
        machineName = started.name();
        if (interrupted) {
            started.kill();
        }
    }

    private void tryInMachine() {
        phase("boot");
        long boot = System.nanoTime();
        ContainerOptions options = ContainerOptions.defaults().bootWithin(bench.bootTimeout());
        try (Container container = bench.harness().launch(candidate.reference(), candidate.image(), options)) {
            running(container.machine());
            if (!container.remark().isEmpty()) {
                phase(container.remark());
            }
            steps.add(Steps.done("boot", Steps.since(boot)));
            inMachine(container);
        } catch (BootFailedException failure) {
            steps.add(Steps.failed("boot", Verdict.ERROR, failure.getMessage(), Steps.since(boot)));
            evidence.addAll(Evidences.ofFailedBoot(failure));
        }
    }

    private void inMachine(Container container) {
        Commands commands = new Commands(machine, this::phase);
        StepChecks checks = new StepChecks(machine, row, bench);
        try {
            if (commands.run("setup", row.setup(), Verdict.ERROR, steps)) {
                boolean going = row.packages().isEmpty() && row.with().isEmpty()
                        || packages(new Lifecycle(
                                PackageManager.of(machine, bench.packageTimeout()), machine, row, checks, commands));
                if (going && row.packages().isEmpty()) {
                    check(commands, checks);
                }
            }
        } catch (HarnessException failure) {
            if (isInterrupted()) {
                throw failure;
            }
            steps.add(Steps.failed("harness", Verdict.ERROR, failure.getMessage(), Duration.ZERO));
        } finally {
            if (!isInterrupted() && verdict() != Verdict.PASS) {
                phase("collecting evidence");
                evidence.addAll(Evidences.collect(machine, row.units()));
                bench.watcher().aside(() -> bench.aftermath().look(container, cell()));
            }
        }
        if (isInterrupted()) {
            steps.set(steps.size() - 1, steps.get(steps.size() - 1).cutOff());
            steps.add(Steps.failed("interrupt", Verdict.ERROR, "The run was interrupted.", Duration.ZERO));
        }
    }

    private void check(Commands commands, StepChecks checks) {
        if (commands.run("run", row.run(), Verdict.FAIL, steps) && !row.probes().isEmpty()) {
            phase("check");
            steps.add(Steps.done("check", Duration.ZERO, checks.present(List.of(), "")));
        }
    }

    /** Says whether all of it worked, whatever the checks have seen. */
    private boolean packages(Lifecycle lifecycle) {
        boolean going = true;
        for (Lifecycle.Deed deed : lifecycle.deeds()) {
            if (!going) {
                steps.add(Steps.failed(deed.name(), Verdict.SKIPPED, "the step before it did not work", Duration.ZERO));
                continue;
            }
            phase(deed.name());
            steps.addAll(deed.work().get());
            going = steps.get(steps.size() - 1).verdictOfDeed() == Verdict.PASS && !isInterrupted();
        }
        return going;
    }

    private void phase(String what) {
        bench.watcher().phase(candidate.label(), row.subject(), what);
    }

    private Verdict verdict() {
        Verdict worst = Verdict.SKIPPED;
        for (StepReport step : steps) {
            worst = worst.worse(step.verdict());
        }
        return worst;
    }

    private CellReport cell() {
        return new CellReport(
                candidate.label(),
                row.subject(),
                machineName,
                attempt,
                Steps.since(began),
                steps,
                verdict() == Verdict.PASS ? "" : Diagnosis.of(log(), evidence),
                evidence);
    }

    private String log() {
        StringBuilder log = new StringBuilder();
        for (StepReport step : steps) {
            if (step.verdictOfDeed() != Verdict.PASS) {
                log.append(step.log()).append('\n');
            }
        }
        return log.toString();
    }
}
