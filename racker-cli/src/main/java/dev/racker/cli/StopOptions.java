package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Value;
import dev.racker.harness.store.ContainerRecord;
import java.time.Duration;

/** How {@code stop} and {@code restart} end a container. */
final class StopOptions extends Options {

    private static final Duration FOREVER = Duration.ofDays(3650);

    private final Value<Integer> seconds = value(
            Integer.class,
            "-t, --time, --timeout",
            "SECONDS",
            "Time to wait before killing it, -1 for ever (default: the container's own, 10).");

    private final Value<String> signal =
            text("-s, --signal", "SIGNAL", "The signal that tells it to end (default: the container's own).");

    void stop(Containers containers, ContainerRecord record) {
        Integer given = seconds.given();
        Duration timeout = given == null
                ? containers.options(record).lifecycle().stopTimeout()
                : given < 0 ? FOREVER : Duration.ofSeconds(given);
        String name = signal.or("");
        containers.stop(record, name.isEmpty() ? "" : SignalNames.of(name), timeout);
    }
}
