package dev.racker.harness.store;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.json.MalformedJsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is written down about one use of an image.
 *
 * @param id unique on this host; lower-case hexadecimal digits
 * @param name by which users call it; unique while it exists
 * @param image the name of the image
 * @param layers the read-only layers of its root, lowest first
 * @param command what was asked to run in it; empty for nothing
 * @param created when it was made
 * @param ephemeral whether it is removed when its machine ends
 * @param labels what its user notes about it
 */
public record ContainerRecord(
        String id,
        String name,
        String image,
        List<LayerId> layers,
        List<String> command,
        Instant created,
        boolean ephemeral,
        Map<String, String> labels) {

    private static final int FORMAT = 1;
    private static final int SHORT = 12;

    /** Takes copies of the lists. */
    public ContainerRecord {
        layers = List.copyOf(layers);
        command = List.copyOf(command);
        labels = new LinkedHashMap<>(labels);
    }

    /** The same container with another name. */
    public ContainerRecord renamed(String newName) {
        return new ContainerRecord(id, newName, image, layers, command, created, ephemeral, labels);
    }

    /** The first twelve digits of the id, which is what users see. */
    public String shortId() {
        return shortId(id);
    }

    /** The first twelve digits of an id; they are unique on a host, and name what belongs to the container there. */
    public static String shortId(String id) {
        return id.substring(0, Math.min(SHORT, id.length()));
    }

    byte[] toJson() {
        List<String> ids = new ArrayList<>(layers.size());
        for (LayerId layer : layers) {
            ids.add(layer.value());
        }
        return new JsonWriter()
                .number("format", FORMAT)
                .string("id", id)
                .string("name", name)
                .string("image", image)
                .strings("layers", ids)
                .strings("command", command)
                .string("created", text(created))
                .bool("ephemeral", ephemeral)
                .stringMap("labels", labels)
                .toBytes();
    }

    static ContainerRecord fromJson(byte[] json) {
        String id = null;
        String name = null;
        String image = null;
        List<LayerId> layers = new ArrayList<>();
        List<String> command = List.of();
        Instant created = Instant.EPOCH;
        boolean ephemeral = false;
        Map<String, String> labels = Map.of();
        try (JsonReader in = JsonReader.of(json)) {
            in.object();
            for (String property = in.property(); property != null; property = in.property()) {
                switch (property) {
                    case "id" -> id = in.string();
                    case "name" -> name = in.string();
                    case "image" -> image = in.string();
                    case "layers" -> in.strings().forEach(layer -> layers.add(new LayerId(layer)));
                    case "command" -> command = in.strings();
                    case "created" -> created = instant(in.string());
                    case "ephemeral" -> ephemeral = in.bool();
                    case "labels" -> labels = in.stringMap();
                    default -> in.skip();
                }
            }
            in.end();
        } catch (DateTimeException | NumberFormatException e) {
            throw new MalformedJsonException("the time of creation is none", e);
        }
        if (id == null || name == null || image == null) {
            throw new MalformedJsonException("id, name or image is missing", null);
        }
        return new ContainerRecord(id, name, image, layers, command, created, ephemeral, labels);
    }

    /** Reads what {@link #text} writes; a parser for all that ISO-8601 allows takes longer than all the rest of a record. */
    private static Instant instant(String text) {
        int end = text.length() - 1;
        if (!text.endsWith("Z")
                || end < "2000-01-01T00:00:00".length()
                || end > "2000-01-01T00:00:00.123456789".length()) {
            return Instant.parse(text);
        }
        int nanos = 0;
        for (int i = "2000-01-01T00:00:00.".length(); i < "2000-01-01T00:00:00.123456789".length(); i++) {
            nanos = nanos * 10 + (i < end ? Character.digit(text.charAt(i), 10) : 0);
        }
        LocalDateTime time = LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16));
        return Instant.ofEpochSecond(time.toEpochSecond(ZoneOffset.UTC) + number(text, 17, 19), nanos);
    }

    private static int number(String text, int begin, int end) {
        return Integer.parseInt(text, begin, end, 10);
    }

    /** As ISO-8601, which the formatter of {@link Instant} writes too: that takes sixty classes more. */
    private static String text(Instant time) {
        String text = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC)
                .toString();
        boolean hasSeconds = text.length() > "2000-01-01T00:00".length();
        return hasSeconds ? text + "Z" : time.toString();
    }
}
