package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.network.NetworkMode;
import java.time.Duration;

/**
 * How many machines of an image shall wait, booted, until somebody asks for one.
 *
 * @param image the image's name
 * @param count how many, 1 to {@value #MOST}
 * @param network what they are connected to: the bridge, or nothing
 * @param idle how long one waits at most; zero is for ever
 */
public record StandbySetting(String image, int count, NetworkMode network, Duration idle) {

    /** How many machines of one image may wait. */
    public static final int MOST = 8;

    /** How many machines of all images may wait. */
    public static final int MOST_IN_ALL = 16;

    /** How long a machine waits when nobody says otherwise. */
    public static final Duration DEFAULT_IDLE = Duration.ofHours(1);

    private static final int FORMAT = 1;

    /**
     * Checks the numbers.
     *
     * @throws HarnessException when there are too many, or the network is the host's
     */
    public StandbySetting {
        if (count < 1 || count > MOST) {
            throw new HarnessException(
                    "Tried to let " + count + " machines of " + image + " wait, but it can be 1 to " + MOST + ".",
                    "Give a number from 1 to " + MOST + ".");
        }
        if (network == NetworkMode.HOST) {
            throw new HarnessException(
                    "Tried to let machines of " + image + " wait on the host's network, but that is not supported.",
                    "Use --network=bridge or --network=none.");
        }
        if (idle.isNegative() || idle.compareTo(Duration.ofDays(365)) > 0) {
            throw new HarnessException(
                    "Tried to let machines of " + image + " wait for " + idle + ", but that is out of range.",
                    "Give a time of up to a year, or 0 for no end.");
        }
    }

    /** The same of the image of this name. */
    StandbySetting of(String name) {
        return new StandbySetting(name, count, network, idle);
    }

    byte[] toJson() {
        return new JsonWriter()
                .number("format", FORMAT)
                .string("image", image)
                .number("count", count)
                .string("network", network.toString())
                .number("idle_ms", idle.toMillis())
                .toBytes();
    }

    static StandbySetting fromJson(byte[] json) {
        String image = null;
        int count = 0;
        NetworkMode network = NetworkMode.BRIDGE;
        Duration idle = DEFAULT_IDLE;
        try (JsonReader in = JsonReader.of(json)) {
            in.object();
            for (String property = in.property(); property != null; property = in.property()) {
                switch (property) {
                    case "image" -> image = in.string();
                    case "count" -> count = (int) in.number();
                    case "network" -> network = NetworkMode.parse(in.string());
                    case "idle_ms" -> idle = Duration.ofMillis(in.number());
                    default -> in.skip();
                }
            }
            in.end();
        }
        if (image == null) {
            throw new MalformedJsonException("the image is missing", null);
        }
        return new StandbySetting(image, count, network, idle);
    }
}
