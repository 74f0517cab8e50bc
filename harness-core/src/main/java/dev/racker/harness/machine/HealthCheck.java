package dev.racker.harness.machine;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import java.time.Duration;
import java.util.List;

/**
 * A command that tells by its exit status whether what runs in a machine works.
 *
 * @param command the program and its arguments
 * @param interval from the end of one call to the next
 * @param timeout after which a call has failed
 * @param retries how many failures in a row make the machine unhealthy
 * @param startPeriod in which failures do not count, from the start of the machine
 * @param startInterval from the end of one call to the next in that time, as long as none has succeeded
 */
public record HealthCheck(
        List<String> command,
        Duration interval,
        Duration timeout,
        int retries,
        Duration startPeriod,
        Duration startInterval) {

    /** What docker takes when nothing is said. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    /** What docker takes at most when nothing is said. */
    public static final Duration DEFAULT_START_INTERVAL = Duration.ofSeconds(5);

    /** What docker takes when nothing is said. */
    public static final int DEFAULT_RETRIES = 3;

    /** Takes a copy of the command. */
    public HealthCheck {
        command = List.copyOf(command);
    }

    /** Writes its properties into the innermost object. */
    public void write(JsonWriter json) {
        json.strings("command", command)
                .number("interval_ms", interval.toMillis())
                .number("timeout_ms", timeout.toMillis())
                .number("retries", retries)
                .number("start_period_ms", startPeriod.toMillis())
                .number("start_interval_ms", startInterval.toMillis());
    }

    /** Reads what {@link #write} has written. */
    public static HealthCheck read(JsonReader in) {
        List<String> command = List.of();
        long interval = DEFAULT_INTERVAL.toMillis();
        long timeout = interval;
        long retries = DEFAULT_RETRIES;
        long startPeriod = 0;
        long startInterval = DEFAULT_START_INTERVAL.toMillis();
        in.object();
        for (String property = in.property(); property != null; property = in.property()) {
            switch (property) {
                case "command" -> command = in.strings();
                case "interval_ms" -> interval = in.number();
                case "timeout_ms" -> timeout = in.number();
                case "retries" -> retries = in.number();
                case "start_period_ms" -> startPeriod = in.number();
                case "start_interval_ms" -> startInterval = in.number();
                default -> in.skip();
            }
        }
        return new HealthCheck(
                command,
                Duration.ofMillis(interval),
                Duration.ofMillis(timeout),
                (int) retries,
                Duration.ofMillis(startPeriod),
                Duration.ofMillis(startInterval));
    }
}
