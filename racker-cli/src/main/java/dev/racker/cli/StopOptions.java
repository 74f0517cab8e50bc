package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.store.ContainerRecord;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How {@code stop} and {@code restart} end a container. */
final class StopOptions {

    private static final Duration FOREVER = Duration.ofDays(3650);

    @Option(
            names = {"-t", "--time", "--timeout"},
            paramLabel = "SECONDS",
            description = "Time to wait before killing it, -1 for ever (default: the container's own, 10).")
    private Integer seconds;

    @Option(
            names = {"-s", "--signal"},
            paramLabel = "SIGNAL",
            description = "The signal that tells it to end (default: the container's own).")
    private String signal = "";

    void stop(Containers containers, ContainerRecord record) {
        Duration timeout = seconds == null
                ? containers.options(record).lifecycle().stopTimeout()
                : seconds < 0 ? FOREVER : Duration.ofSeconds(seconds);
        containers.stop(record, signal.isEmpty() ? "" : SignalNames.of(signal), timeout);
    }
}
