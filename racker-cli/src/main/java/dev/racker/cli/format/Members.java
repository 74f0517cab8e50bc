package dev.racker.cli.format;

import dev.racker.harness.console.Suggestions;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The fields of values, and their elements. */
final class Members {

    private Members() {}

    /** {@code .name} of a value; a key that a map has not is missing, a field that a structure has not is an error. */
    static JsonNode field(JsonNode value, String name) {
        JsonNode member = value.get(name);
        if (member != null) {
            return member;
        }
        if (value.isObject() && Values.isMap(value)) {
            return Values.missing();
        }
        if (value.isObject()) {
            throw new ProblemInTemplate("there is no field ." + name, fields(value, name));
        }
        throw new ProblemInTemplate("there is no field ." + name + " in " + Values.shown(value));
    }

    private static String fields(JsonNode object, String name) {
        List<String> near = Suggestions.nearest(name, object.propertyNames());
        return near.isEmpty()
                ? "There are: ." + String.join(", .", object.propertyNames()) + "."
                : "Did you mean ." + String.join(" or .", near) + "?";
    }

    /** {@code .Label "name"}, the one method that docker's rows have. */
    static JsonNode label(JsonNode row, String name, boolean heading) {
        if (heading) {
            String last = name.substring(name.lastIndexOf('.') + 1);
            return Values.of(last.replace('-', ' ').replace('_', ' '));
        }
        JsonNode labels = row.path("Labels");
        if (labels.isString()) {
            for (String label : labels.stringValue().split(",")) {
                if (label.startsWith(name + "=")) {
                    return Values.of(label.substring(name.length() + 1));
                }
            }
            return Values.of("");
        }
        return Values.of(labels.path(name).asString(""));
    }

    /** {@code index}: one key after the other, with an empty value for a key that a map has not. */
    static JsonNode index(JsonNode value, List<JsonNode> keys) {
        JsonNode inner = value;
        for (JsonNode key : keys) {
            inner = element(inner, key);
        }
        return inner;
    }

    private static JsonNode element(JsonNode value, JsonNode key) {
        if (key.isString() && (value.isObject() || value.isNull() || value.isMissingNode())) {
            JsonNode member = value.get(key.stringValue());
            return member == null ? empty(value) : member;
        }
        if (value.isObject() || !key.isIntegralNumber()) {
            throw new ProblemInTemplate("index cannot look up " + Values.shown(key) + " in " + Values.shown(value));
        }
        if (value.isString()) {
            byte[] bytes = value.stringValue().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            checkRange(key, bytes.length);
            return Values.of((long) Byte.toUnsignedInt(bytes[key.intValue()]));
        }
        if (!value.isArray() && !value.isNull()) {
            throw new ProblemInTemplate("index cannot look up " + Values.shown(key) + " in " + Values.shown(value));
        }
        checkRange(key, value.size());
        return value.get(key.intValue());
    }

    private static void checkRange(JsonNode key, int size) {
        if (!key.canConvertToInt() || key.intValue() < 0 || key.intValue() >= size) {
            throw new ProblemInTemplate("there is no element " + key.asString() + " in a list of " + size);
        }
    }

    /** Go gives the empty value of the map's type, which is that of its other values. */
    private static JsonNode empty(JsonNode map) {
        for (JsonNode other : map) {
            return other.isString() ? Values.of("") : Values.nothing();
        }
        return Values.of("");
    }
}
