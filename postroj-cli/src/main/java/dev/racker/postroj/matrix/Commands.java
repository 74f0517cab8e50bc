package dev.racker.postroj.matrix;

import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.probe.Verdict;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.report.StepReport;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Runs lines that users gave in the shell inside a machine, as root. */
final class Commands {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Machine machine;
    private final Consumer<String> phase;

    Commands(Machine machine, Consumer<String> phase) {
        this.machine = machine;
        this.phase = phase;
    }

    /**
     * Runs lines one after the other, until one does not work, and adds a step for each.
     *
     * @param bad what it means when one does not work
     * @return whether all of them worked
     */
    boolean run(String name, List<String> lines, Verdict bad, List<StepReport> steps) {
        for (String line : lines) {
            phase.accept(name);
            StepReport step = run(name, line, bad);
            steps.add(step);
            if (step.verdictOfDeed() != Verdict.PASS) {
                return false;
            }
        }
        return true;
    }

    private StepReport run(String name, String line, Verdict bad) {
        long start = System.nanoTime();
        try {
            CommandResult result = machine.run(
                    Payload.of("/bin/sh", "-c", "exec 2>&1\n" + line).timeout(LONGEST));
            boolean worked = result.status() == 0;
            return new StepReport(
                    name,
                    worked ? Verdict.PASS : bad,
                    worked ? "" : "\"" + line + "\" ended with exit status " + result.status(),
                    line,
                    result.status(),
                    result.text(),
                    Steps.since(start),
                    List.of());
        } catch (CommandException late) {
            if (late.reason() != CommandException.Reason.TIMEOUT) {
                throw late;
            }
            String printed = late.result().map(CommandResult::text).orElse("");
            String reason = "\"" + line + "\" did not end within " + LONGEST.toMinutes() + " min";
            return new StepReport(name, bad, reason, line, 0, printed, Steps.since(start), List.of());
        }
    }
}
