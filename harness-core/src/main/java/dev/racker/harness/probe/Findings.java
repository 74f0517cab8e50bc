package dev.racker.harness.probe;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.process.CommandException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the results of one run of a probe, which all tell the time since it began. */
final class Findings {

    private final Probe probe;
    private final long begin = System.nanoTime();

    private Findings(Probe probe) {
        this.probe = probe;
    }

    /** Runs the look of a probe; when nobody could look, that is its result. */
    static List<ProbeResult> of(
            Probe probe,
            String property,
            String expected,
            Machine machine,
            Function<Findings, List<ProbeResult>> look) {
        Findings findings = new Findings(probe);
        try {
            return look.apply(findings);
        } catch (UnlookableException e) {
            return List.of(findings.error(property, expected, sentence(machine, e)));
        } catch (CommandException e) {
            if (e.reason() == CommandException.Reason.INTERRUPTED) {
                throw e;
            }
            return List.of(findings.error(property, expected, sentence(machine, e)));
        }
    }

    /** Whatever broke when the machine went broke because of that. */
    private static String sentence(Machine machine, HarnessException failure) {
        return machine.hasInit() ? failure.getMessage() : "machine " + machine.name() + " has ended";
    }

    ProbeResult pass(String property, String expected, String actual) {
        return result(property, expected, actual, Verdict.PASS, "");
    }

    ProbeResult fail(String property, String expected, String actual, Supplier<String> detail) {
        return result(property, expected, actual, Verdict.FAIL, detail.get());
    }

    ProbeResult error(String property, String expected, String sentence) {
        return result(property, expected, sentence, Verdict.ERROR, "");
    }

    private ProbeResult result(String property, String expected, String actual, Verdict verdict, String detail) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new ProbeResult(probe.kind(), probe.subject(), property, expected, actual, verdict, detail, took);
    }
}
