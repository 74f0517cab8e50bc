package dev.racker.images;

import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** One JSON object of a catalogue file, which knows where it is when something in it is wrong. */
final class Entry {

    private final String file;
    private final String name;
    private final String path;
    private final JsonNode node;

    Entry(String file, String name, String path, JsonNode node) {
        this.file = file;
        this.name = name;
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw new InvalidCatalogueException(file, name, path, "is no JSON object", null);
        }
    }

    /** The same object under the name that messages shall give. */
    Entry named(String newName) {
        return new Entry(file, newName, "", node);
    }

    /** Refuses properties that nobody reads: most are misspelt. */
    Entry only(String... allowed) {
        Set<String> known = Set.of(allowed);
        for (String property : node.propertyNames()) {
            if (!known.contains(property)) {
                throw invalid(property, "is not known");
            }
        }
        return this;
    }

    boolean has(String property) {
        return node.has(property);
    }

    String text(String property) {
        JsonNode value = node.get(property);
        if (value == null) {
            throw invalid(property, "is missing");
        }
        if (!value.isString() || value.asString().isBlank()) {
            throw invalid(property, "is no text");
        }
        return value.asString();
    }

    String textOr(String property, String otherwise) {
        return has(property) ? text(property) : otherwise;
    }

    List<String> texts(String property) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : array(property)) {
            if (!value.isString() || value.asString().isBlank()) {
                throw invalid(property, "holds something that is no text");
            }
            texts.add(value.asString());
        }
        return texts;
    }

    List<Entry> entries(String property) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode value : array(property)) {
            entries.add(new Entry(file, name, join(property), value));
        }
        return entries;
    }

    Entry entry(String property) {
        if (!has(property)) {
            throw invalid(property, "is missing");
        }
        return new Entry(file, name, join(property), node.get(property));
    }

    /** Reads a text as something else, and tells where it was when it is none. */
    <T> T as(String property, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (HarnessException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new InvalidCatalogueException(
                    file, name, join(property), "cannot be \"" + text + "\": " + e.getMessage(), e);
        }
    }

    InvalidCatalogueException invalid(String property, String problem) {
        return new InvalidCatalogueException(file, name, join(property), problem, null);
    }

    private JsonNode array(String property) {
        JsonNode value = node.get(property);
        if (value == null) {
            throw invalid(property, "is missing");
        }
        if (!value.isArray()) {
            throw invalid(property, "is no list");
        }
        return value;
    }

    private String join(String property) {
        return path.isEmpty() || property.isEmpty() ? path + property : path + "." + property;
    }
}
