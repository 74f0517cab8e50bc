package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.store.StoredImage.Boot;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The form of an image's record; streaming, because each start reads one. */
final class StoredImageJson {

    /** The number of the form; a reader knows its own and the older ones. */
    static final int FORMAT = 1;

    private String name;
    private String reference;
    private Digest digest;
    private Instant created;
    private Instant pulled;
    private long size = -1;
    private List<LayerId> layers;
    private ImageConfig config;
    private String source;
    private Platform platform;
    private String family;
    private Boot boot;
    private LayerId bootLayer;

    private StoredImageJson() {}

    /** A record that is sound, but of a form that only a newer version knows. */
    static final class NewerFormatException extends HarnessException {
        private static final long serialVersionUID = 1L;

        NewerFormatException(long format) {
            super("it has format " + format + ", and this version knows no format after " + FORMAT, null);
        }
    }

    static byte[] write(StoredImage image) {
        JsonWriter out = new JsonWriter()
                .number("format", FORMAT)
                .string("name", image.name())
                .string("reference", image.reference())
                .string("digest", image.digest().toString())
                .string("created", text(image.created()))
                .string("pulled", text(image.pulled()))
                .number("size", image.size())
                .strings("layers", values(image.layers()))
                .string("source", image.source())
                .string("platform", image.platform().toString())
                .string("family", image.family())
                .string("boot", image.boot().name())
                .string(
                        "bootLayer",
                        image.bootLayer() == null ? null : image.bootLayer().value());
        image.config().write(out, "config");
        return out.toBytes();
    }

    private static List<String> values(List<LayerId> ids) {
        List<String> values = new ArrayList<>(ids.size());
        for (LayerId id : ids) {
            values.add(id.value());
        }
        return values;
    }

    /**
     * Reads a record.
     *
     * @throws NewerFormatException when only a newer version knows its form
     * @throws MalformedJsonException when it is anything else but a whole record
     */
    static StoredImage read(byte[] json) {
        StoredImageJson record = new StoredImageJson();
        try (JsonReader in = JsonReader.of(json)) {
            if (!in.object()) {
                throw new MalformedJsonException("it is not an object", null);
            }
            for (String property = in.property(); property != null; property = in.property()) {
                record.readProperty(in, property);
            }
            in.end();
        }
        return record.build();
    }

    private void readProperty(JsonReader in, String property) {
        switch (property) {
            case "format" -> checkFormat(in.number());
            case "name" -> name = in.string();
            case "reference" -> reference = in.string();
            case "digest" -> digest = digest(in.string());
            case "created" -> created = instant(property, in.string());
            case "pulled" -> pulled = instant(property, in.string());
            case "size" -> size = in.number();
            case "layers" -> layers = layers(in.strings());
            case "config" -> config = ImageConfig.read(in);
            case "source" -> source = in.string();
            case "platform" -> platform = platform(in.string());
            case "family" -> family = in.string();
            case "boot" -> boot = boot(in.string());
            case "bootLayer" -> bootLayer = layer(in.string());
            default -> in.skip();
        }
    }

    private StoredImage build() {
        require("name", name);
        require("reference", reference);
        require("digest", digest);
        require("created", created);
        require("pulled", pulled);
        require("size", size < 0 ? null : size);
        require("layers", layers);
        require("config", config);
        require("source", source);
        require("platform", platform);
        require("family", family);
        require("boot", boot);
        try {
            return new StoredImage(
                    name, reference, digest, created, pulled, size, layers, config, source, platform, family, boot,
                    bootLayer);
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(e.getMessage(), e);
        }
    }

    private static void require(String property, Object value) {
        if (value == null) {
            throw new MalformedJsonException("'" + property + "' is missing", null);
        }
    }

    private static void checkFormat(long format) {
        if (format > FORMAT) {
            throw new NewerFormatException(format);
        }
    }

    private static Digest digest(String text) {
        try {
            return text == null ? null : Digest.parse(text);
        } catch (HarnessException e) {
            throw new MalformedJsonException("'digest' holds '" + text + "'", e);
        }
    }

    private static Platform platform(String text) {
        try {
            return text == null ? null : Platform.parse(text);
        } catch (HarnessException e) {
            throw new MalformedJsonException("'platform' holds '" + text + "'", e);
        }
    }

    /** Seconds and nanoseconds: java.time's own texts would load their formatters at each start. */
    private static String text(Instant instant) {
        return instant.getEpochSecond() + "." + instant.getNano();
    }

    private static Instant instant(String property, String text) {
        try {
            int dot = text == null ? -1 : text.indexOf('.');
            return text == null
                    ? null
                    : Instant.ofEpochSecond(
                            Long.parseLong(text.substring(0, Math.max(dot, 0))),
                            Integer.parseInt(text.substring(dot + 1)));
        } catch (NumberFormatException | DateTimeException e) {
            throw new MalformedJsonException("'" + property + "' holds '" + text + "'", e);
        }
    }

    private static List<LayerId> layers(List<String> values) {
        List<LayerId> ids = new ArrayList<>(values.size());
        for (String value : values) {
            ids.add(layer(value));
        }
        return ids;
    }

    private static LayerId layer(String text) {
        if (text == null) {
            return null;
        }
        if (!LayerId.isValid(text)) {
            throw new MalformedJsonException("'" + text + "' is no layer id", null);
        }
        return new LayerId(text);
    }

    private static Boot boot(String text) {
        for (Boot boot : Boot.values()) {
            if (boot.name().equals(text)) {
                return boot;
            }
        }
        throw new MalformedJsonException("'boot' holds '" + text + "'", null);
    }
}
