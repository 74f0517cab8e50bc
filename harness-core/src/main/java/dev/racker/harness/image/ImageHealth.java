package dev.racker.harness.image;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How an image wants its container's health to be checked: {@code HEALTHCHECK} of a Dockerfile.
 *
 * @param test {@code NONE}; {@code CMD} and a command line; {@code CMD-SHELL} and a line for the image's shell; empty when
 *     the image changes the times only
 * @param interval between two checks; zero for docker's default
 * @param timeout how long one may take; zero for docker's default
 * @param startPeriod how long failures do not count after the start; zero for docker's default
 * @param startInterval between two checks in that time; zero for docker's default
 * @param retries how many failures in a row make a container unhealthy; 0 for docker's default
 */
public record ImageHealth(
        List<String> test,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries) {

    /** Takes a copy of the test. */
    public ImageHealth {
        test = List.copyOf(test);
    }

    /** What an image says that says nothing. */
    public static ImageHealth none() {
        return new ImageHealth(List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    }

    /**
     * The command line that checks the health; empty when there is none.
     *
     * @param shell the image's shell; empty for the usual one
     */
    public List<String> command(List<String> shell) {
        if (test.size() < 2) {
            return List.of(); // only NONE stands alone
        }
        return switch (test.get(0)) {
            case "CMD" -> test.subList(1, test.size());
            case "CMD-SHELL" -> shell(shell, test.get(1));
            default -> List.of();
        };
    }

    /** A line for an image's shell as a command line; an empty shell is the usual one. */
    public static List<String> shell(List<String> shell, String line) {
        List<String> command = new ArrayList<>(shell.isEmpty() ? List.of("/bin/sh", "-c") : shell);
        command.add(line);
        return command;
    }

    /** Reads the {@code Healthcheck} object of a configuration; null for a null. */
    static ImageHealth read(JsonReader in) {
        if (!in.object()) {
            return null;
        }
        List<String> test = List.of();
        long interval = 0;
        long timeout = 0;
        long startPeriod = 0;
        long startInterval = 0;
        long retries = 0;
        for (String name = in.property(); name != null; name = in.property()) {
            switch (name) {
                case "Test" -> test = in.strings();
                case "Interval" -> interval = in.number();
                case "Timeout" -> timeout = in.number();
                case "StartPeriod" -> startPeriod = in.number();
                case "StartInterval" -> startInterval = in.number();
                case "Retries" -> retries = in.number();
                default -> in.skip();
            }
        }
        return new ImageHealth(
                test,
                Duration.ofNanos(interval),
                Duration.ofNanos(timeout),
                Duration.ofNanos(startPeriod),
                Duration.ofNanos(startInterval),
                (int) Math.min(retries, Integer.MAX_VALUE));
    }

    /** Writes what {@link #read} reads: the times are nanoseconds. */
    void write(JsonWriter out) {
        out.object("Healthcheck").strings("Test", test);
        number(out, "Interval", interval.toNanos());
        number(out, "Timeout", timeout.toNanos());
        number(out, "StartPeriod", startPeriod.toNanos());
        number(out, "StartInterval", startInterval.toNanos());
        number(out, "Retries", retries);
        out.endObject();
    }

    private static void number(JsonWriter out, String name, long value) {
        if (value != 0) {
            out.number(name, value);
        }
    }
}
