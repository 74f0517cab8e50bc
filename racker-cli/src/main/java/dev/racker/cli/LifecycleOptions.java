package dev.racker.cli;

import dev.racker.harness.Lifecycle;
import dev.racker.harness.RestartPolicy;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.ImageHealth;
import dev.racker.harness.machine.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a container is stopped, started again, and looked after, as it was typed. */
final class LifecycleOptions {

    @Option(
            names = "--restart",
            paramLabel = "POLICY",
            description =
                    "When to start the container again: no, on-failure[:N], always, unless-stopped (default: no).")
    private String restart = "no";

    @Option(
            names = "--stop-signal",
            paramLabel = "SIGNAL",
            description = "The signal that stops the container (default: halt a booted one, the image's otherwise).")
    private String stopSignal = "";

    @Option(
            names = "--stop-timeout",
            paramLabel = "SECONDS",
            description = "How long the container may take to stop before it is killed (default: 10).")
    private Integer stopTimeout;

    @Option(
            names = "--health-cmd",
            paramLabel = "COMMAND",
            description = "A shell command that tells whether it works.")
    private String healthCommand;

    @Option(
            names = "--health-interval",
            paramLabel = "DURATION",
            description = "Time between two checks (default: 30s).")
    private String healthInterval;

    @Option(
            names = "--health-timeout",
            paramLabel = "DURATION",
            description = "Time after which a check has failed (default: 30s).")
    private String healthTimeout;

    @Option(
            names = "--health-start-period",
            paramLabel = "DURATION",
            description = "Time in which failures do not count (default: 0s).")
    private String healthStartPeriod;

    @Option(
            names = "--health-retries",
            paramLabel = "N",
            description = "Failures in a row that make it unhealthy (default: 3).")
    private Integer healthRetries;

    @Option(names = "--no-healthcheck", description = "Do without the image's health check.")
    private boolean noHealthCheck;

    /** What the image and the options say together. */
    Lifecycle lifecycle(ImageConfig image, boolean ephemeral) {
        RestartPolicy policy = RestartPolicy.parse(restart);
        if (ephemeral && policy.kind() != RestartPolicy.Kind.NO) {
            throw new HarnessException(
                    "Tried to use --restart \"" + restart
                            + "\" with --rm, but what is removed cannot be started again.",
                    "Leave one of them out.");
        }
        if (stopTimeout != null && stopTimeout < 0) {
            throw new HarnessException(
                    "Tried to read --stop-timeout \"" + stopTimeout + "\", but that is no time to wait.",
                    "Give a number of seconds.");
        }
        String signal = stopSignal.isEmpty() ? image.stopSignal() : stopSignal;
        return new Lifecycle(
                policy,
                signal == null || signal.isEmpty() ? "" : SignalNames.of(signal),
                stopTimeout == null ? Lifecycle.DEFAULT_STOP_TIMEOUT : Duration.ofSeconds(stopTimeout),
                health(image));
    }

    private Optional<HealthCheck> health(ImageConfig image) {
        boolean tuned = healthInterval != null
                || healthTimeout != null
                || healthStartPeriod != null
                || healthRetries != null
                || healthCommand != null;
        if (noHealthCheck && tuned) {
            throw new HarnessException(
                    "Tried to use --no-healthcheck with other options of the health check.", "Leave one of them out.");
        }
        List<String> command = noHealthCheck ? List.of() : healthCommand(image);
        if (command.isEmpty()) {
            return Optional.empty();
        }
        ImageHealth usual = image.healthCheck() == null ? ImageHealth.none() : image.healthCheck();
        return Optional.of(new HealthCheck(
                command,
                duration(
                        "--health-interval",
                        healthInterval,
                        usual.interval().isZero() ? HealthCheck.DEFAULT_INTERVAL : usual.interval()),
                duration(
                        "--health-timeout",
                        healthTimeout,
                        usual.timeout().isZero() ? HealthCheck.DEFAULT_INTERVAL : usual.timeout()),
                retries(usual.retries() == 0 ? HealthCheck.DEFAULT_RETRIES : usual.retries()),
                duration("--health-start-period", healthStartPeriod, usual.startPeriod())));
    }

    /** What is to be called: the option's command or the image's; empty for nothing. */
    private List<String> healthCommand(ImageConfig image) {
        if (healthCommand != null) {
            return healthCommand.isEmpty() || healthCommand.equals("none")
                    ? List.of()
                    : ImageHealth.shell(image.shell(), healthCommand);
        }
        return image.healthCheck() == null ? List.of() : image.healthCheck().command(image.shell());
    }

    private int retries(int usual) {
        if (healthRetries == null || healthRetries == 0) {
            return usual;
        }
        if (healthRetries < 0) {
            throw new HarnessException(
                    "Tried to read --health-retries \"" + healthRetries + "\", but that is no number of failures.",
                    "Give a number above 0.");
        }
        return healthRetries;
    }

    private static Duration duration(String option, String text, Duration usual) {
        if (text == null) {
            return usual;
        }
        Duration duration = GoDuration.parse(option, text);
        return duration.isZero() ? usual : duration;
    }
}
