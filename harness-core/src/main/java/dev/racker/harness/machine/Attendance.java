package dev.racker.harness.machine;

import java.time.Duration;
import java.util.Optional;

/**
 * What happens in a machine that outlives whoever started it.
 *
 * @param payload what runs beside its init, writes to its container's log, and ends the machine with it; empty for
 *     nothing. Its own streams do not count
 * @param farewell how long the machine has to halt once the payload has ended; zero when it is killed at once
 * @param health what tells whether it works
 */
public record Attendance(Optional<Payload> payload, Duration farewell, Optional<HealthCheck> health) {

    /** Nothing at all. */
    public static Attendance none() {
        return new Attendance(Optional.empty(), Duration.ZERO, Optional.empty());
    }
}
