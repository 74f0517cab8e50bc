package dev.racker.harness.store;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.json.MalformedJsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is written down about a volume: a directory that outlives the containers that it is mounted in.
 *
 * @param name by which users call it; unique
 * @param options how its driver was told to make it, such as {@code type}, {@code o} and {@code device}
 * @param labels what its user notes about it
 * @param created when it was made
 */
public record Volume(String name, Map<String, String> options, Map<String, String> labels, Instant created) {

    /** The only driver: directories of the store. */
    public static final String DRIVER = "local";

    /** docker's label on volumes that nobody has named. */
    public static final String ANONYMOUS = "com.docker.volume.anonymous";

    private static final int FORMAT = 1;

    /** Takes copies and keeps their order. */
    public Volume {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** Says whether nobody has named it. */
    public boolean isAnonymous() {
        return labels.containsKey(ANONYMOUS);
    }

    byte[] toJson() {
        return new JsonWriter()
                .number("format", FORMAT)
                .string("name", name)
                .stringMap("options", options)
                .stringMap("labels", labels)
                .string("created", created.toString())
                .toBytes();
    }

    static Volume fromJson(byte[] json) {
        String name = null;
        Map<String, String> options = Map.of();
        Map<String, String> labels = Map.of();
        Instant created = Instant.EPOCH;
        try (JsonReader in = JsonReader.of(json)) {
            in.object();
            for (String property = in.property(); property != null; property = in.property()) {
                switch (property) {
                    case "name" -> name = in.string();
                    case "options" -> options = in.stringMap();
                    case "labels" -> labels = in.stringMap();
                    case "created" -> created = Instant.parse(in.string());
                    default -> in.skip();
                }
            }
            in.end();
        } catch (DateTimeException e) {
            throw new MalformedJsonException("the time of creation is none", e);
        }
        if (name == null) {
            throw new MalformedJsonException("the name is missing", null);
        }
        return new Volume(name, options, labels, created);
    }
}
