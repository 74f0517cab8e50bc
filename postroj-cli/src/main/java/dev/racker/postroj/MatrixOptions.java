package dev.racker.postroj;

import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Value;
import dev.racker.postroj.plan.Spec;
import java.nio.file.Path;

/** The options that say how a run goes. */
final class MatrixOptions extends Options {

    private final Value<Integer> jobs =
            value(Integer.class, "-j, --jobs", "N", "How many machines at once. Default: from cores and memory.");

    private final Value<Integer> retries = value(
            Integer.class, "--retries", "N", "How often to try again when nobody could tell (ERROR). Default: 0.");

    private final Flag failFast = flag("--fail-fast", "Begin nothing new after something has not passed.");

    private final Value<Path> reportDirectory =
            value(Path.class, "--report-dir", "DIR", "Write report.json, junit.xml, report.tap and index.html there.");

    private final Value<Integer> bootTimeout = value(
            Integer.class, "--boot-timeout", "SECONDS", "How long a machine may take until it is ready. Default: 60.");

    private final Value<Integer> packageTimeout = value(
            Integer.class,
            "--package-timeout",
            "SECONDS",
            "How long the package manager may take for one step. Default: 1800.");

    private final Value<Integer> unitTimeout =
            value(Integer.class, "--unit-timeout", "SECONDS", "How long a unit may be activating. Default: 90.");

    private final Value<Integer> networkTimeout =
            value(Integer.class, "--network-timeout", "SECONDS", "How long an address may stay silent. Default: 30.");

    Spec.Run run() {
        return new Spec.Run(
                jobs.given(),
                retries.given(),
                failFast.given(),
                reportDirectory.given(),
                bootTimeout.given(),
                packageTimeout.given(),
                unitTimeout.given(),
                networkTimeout.given(),
                null,
                null);
    }
}
