package dev.racker.harness;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.machine.HealthCheck;
import java.time.Duration;
import java.util.Optional;

/**
 * How a container is stopped, started again, and looked after.
 *
 * @param restart when it is started again after it has ended by itself
 * @param stopSignal what tells it to end, as kill(1) names signals; empty for what its kind understands
 * @param stopTimeout after which it is killed
 * @param health what tells whether it works
 */
public record Lifecycle(RestartPolicy restart, String stopSignal, Duration stopTimeout, Optional<HealthCheck> health) {

    /** How long a container may take to stop when nobody says otherwise. */
    public static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(10);

    /** Never started again, stopped in the usual way, not looked after. */
    public static Lifecycle defaults() {
        return new Lifecycle(RestartPolicy.NONE, "", DEFAULT_STOP_TIMEOUT, Optional.empty());
    }

    /** The same with another restart policy. */
    public Lifecycle restarting(RestartPolicy policy) {
        return new Lifecycle(policy, stopSignal, stopTimeout, health);
    }

    void write(JsonWriter json) {
        json.string("restart", restart.toString())
                .string("stop_signal", stopSignal)
                .number("stop_timeout_ms", stopTimeout.toMillis());
        health.ifPresent(check -> {
            json.object("health");
            check.write(json);
            json.endObject();
        });
    }

    static Lifecycle read(JsonReader in) {
        RestartPolicy restart = RestartPolicy.NONE;
        String stopSignal = "";
        long stopTimeout = DEFAULT_STOP_TIMEOUT.toMillis();
        HealthCheck health = null;
        in.object();
        for (String property = in.property(); property != null; property = in.property()) {
            switch (property) {
                case "restart" -> restart = RestartPolicy.parse(in.string());
                case "stop_signal" -> stopSignal = in.string();
                case "stop_timeout_ms" -> stopTimeout = in.number();
                case "health" -> health = HealthCheck.read(in);
                default -> in.skip();
            }
        }
        return new Lifecycle(restart, stopSignal, Duration.ofMillis(stopTimeout), Optional.ofNullable(health));
    }
}
