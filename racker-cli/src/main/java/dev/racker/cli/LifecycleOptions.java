package dev.racker.cli;

import dev.racker.harness.Lifecycle;
import dev.racker.harness.RestartPolicy;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.GoDuration;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.ImageHealth;
import dev.racker.harness.machine.HealthCheck;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a container is stopped, started again, and looked after, as it was typed. */
final class LifecycleOptions extends Options {

    private final Value<String> restart = text(
            "--restart",
            "POLICY",
            "When to start the container again: no, on-failure[:N], always, unless-stopped (default: no).");

    private final Value<String> stopSignal = text(
            "--stop-signal",
            "SIGNAL",
            "The signal that stops the container (default: halt a booted one, the image's otherwise).");

    private final Value<Integer> stopTimeout = value(
            Integer.class,
            "--stop-timeout",
            "SECONDS",
            "How long the container may take to stop before it is killed (default: 10).");

    private final Value<String> healthCommand =
            text("--health-cmd", "COMMAND", "A shell command that tells whether it works.");

    private final Value<String> healthInterval =
            text("--health-interval", "DURATION", "Time between two checks (default: 30s).");

    private final Value<String> healthTimeout =
            text("--health-timeout", "DURATION", "Time after which a check has failed (default: 30s).");

    private final Value<String> healthStartPeriod =
            text("--health-start-period", "DURATION", "Time in which failures do not count (default: 0s).");

    private final Value<String> healthStartInterval = text(
            "--health-start-interval",
            "DURATION",
            "Time between two checks meanwhile, until one has succeeded (default: 5s, at most --health-interval).");

    private final Value<Integer> healthRetries =
            value(Integer.class, "--health-retries", "N", "Failures in a row that make it unhealthy (default: 3).");

    private final Flag noHealthCheck = flag("--no-healthcheck", "Do without the image's health check.");

    /** What the image and the options say together. */
    Lifecycle lifecycle(ImageConfig image, boolean ephemeral) {
        RestartPolicy policy = RestartPolicy.parse(restart.or("no"));
        if (ephemeral && policy.kind() != RestartPolicy.Kind.NO) {
            throw new HarnessException(
                    "Tried to use --restart \"" + restart.given()
                            + "\" with --rm, but what is removed cannot be started again.",
                    "Leave one of them out.");
        }
        if (stopTimeout.or(0) < 0) {
            throw new HarnessException(
                    "Tried to read --stop-timeout \"" + stopTimeout.given() + "\", but that is no time to wait.",
                    "Give a number of seconds.");
        }
        String signal = stopSignal.or("").isEmpty() ? image.stopSignal() : stopSignal.given();
        return new Lifecycle(
                policy,
                signal == null || signal.isEmpty() ? "" : SignalNames.of(signal),
                stopTimeout.given() == null ? Lifecycle.DEFAULT_STOP_TIMEOUT : Duration.ofSeconds(stopTimeout.given()),
                health(image));
    }

    private Optional<HealthCheck> health(ImageConfig image) {
        boolean tuned = healthInterval.given() != null
                || healthTimeout.given() != null
                || healthStartPeriod.given() != null
                || healthStartInterval.given() != null
                || healthRetries.given() != null
                || healthCommand.given() != null;
        if (noHealthCheck.isSet() && tuned) {
            throw new HarnessException(
                    "Tried to use --no-healthcheck with other options of the health check.", "Leave one of them out.");
        }
        List<String> command = noHealthCheck.isSet() ? List.of() : healthCommand(image);
        if (command.isEmpty()) {
            return Optional.empty();
        }
        ImageHealth usual = image.healthCheck() == null ? ImageHealth.none() : image.healthCheck();
        Duration interval = duration(
                "--health-interval",
                healthInterval.given(),
                usual.interval().isZero() ? HealthCheck.DEFAULT_INTERVAL : usual.interval());
        return Optional.of(new HealthCheck(
                command,
                interval,
                duration(
                        "--health-timeout",
                        healthTimeout.given(),
                        usual.timeout().isZero() ? HealthCheck.DEFAULT_INTERVAL : usual.timeout()),
                retries(usual.retries() == 0 ? HealthCheck.DEFAULT_RETRIES : usual.retries()),
                duration("--health-start-period", healthStartPeriod.given(), usual.startPeriod()),
                duration(
                        "--health-start-interval",
                        healthStartInterval.given(),
                        usual.startInterval().isZero() ? atMost(interval) : usual.startInterval())));
    }

    private static Duration atMost(Duration interval) {
        boolean often = interval.compareTo(HealthCheck.DEFAULT_START_INTERVAL) < 0;
        return often ? interval : HealthCheck.DEFAULT_START_INTERVAL;
    }

    /** What is to be called: the option's command or the image's; empty for nothing. */
    private List<String> healthCommand(ImageConfig image) {
        if (healthCommand.given() != null) {
            return healthCommand.given().isEmpty() || healthCommand.given().equals("none")
                    ? List.of()
                    : ImageHealth.shell(image.shell(), healthCommand.given());
        }
        return image.healthCheck() == null ? List.of() : image.healthCheck().command(image.shell());
    }

    private int retries(int usual) {
        if (healthRetries.or(0) == 0) {
            return usual;
        }
        if (healthRetries.given() < 0) {
            throw new HarnessException(
                    "Tried to read --health-retries \"" + healthRetries.given()
                            + "\", but that is no number of failures.",
                    "Give a number above 0.");
        }
        return healthRetries.given();
    }

    private static Duration duration(String option, String text, Duration usual) {
        if (text == null) {
            return usual;
        }
        Duration duration = GoDuration.parse(option, text);
        return duration.isZero() ? usual : duration;
    }
}
