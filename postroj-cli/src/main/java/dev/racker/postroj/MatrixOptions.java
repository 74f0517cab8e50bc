package dev.racker.postroj;

import dev.racker.postroj.plan.Spec;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say how a run goes. */
final class MatrixOptions {

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many machines at once. Default: from cores and memory.")
    private Integer jobs;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "How often to try again when nobody could tell (ERROR). Default: 0.")
    private Integer retries;

    @Option(names = "--fail-fast", description = "Begin nothing new after something has not passed.")
    private Boolean failFast;

    @Option(
            names = "--report-dir",
            paramLabel = "DIR",
            description = "Write report.json, junit.xml, report.tap and index.html there.")
    private Path reportDirectory;

    @Option(
            names = "--boot-timeout",
            paramLabel = "SECONDS",
            description = "How long a machine may take until it is ready. Default: 60.")
    private Integer bootTimeout;

    @Option(
            names = "--unit-timeout",
            paramLabel = "SECONDS",
            description = "How long a unit may be activating. Default: 90.")
    private Integer unitTimeout;

    @Option(
            names = "--network-timeout",
            paramLabel = "SECONDS",
            description = "How long an address may stay silent. Default: 30.")
    private Integer networkTimeout;

    Spec.Run run() {
        return new Spec.Run(jobs, retries, failFast, reportDirectory, bootTimeout, unitTimeout, networkTimeout);
    }
}
