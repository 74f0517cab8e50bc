package dev.racker.cli.format;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/** The values of templates: how Go would write them, and what it takes for true. */
final class Values {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Values() {}

    static JsonNode of(String text) {
        return NODES.stringNode(text);
    }

    static JsonNode of(long number) {
        return NODES.numberNode(number);
    }

    static JsonNode of(double number) {
        return NODES.numberNode(number);
    }

    static JsonNode of(boolean value) {
        return NODES.booleanNode(value);
    }

    static JsonNode nothing() {
        return NODES.nullNode();
    }

    /** What a map has under a name that it has not. */
    static JsonNode missing() {
        return MissingNode.getInstance();
    }

    static JsonNode list(List<String> texts) {
        var list = NODES.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    /** Go's rule: false, 0, nothing, and what is empty is not true. */
    static boolean isTrue(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return value.decimalValue().signum() != 0;
        }
        return value.isString() ? !value.stringValue().isEmpty() : !value.isEmpty();
    }

    /**
     * Says whether an object stands for one of Go's maps, whose keys are data, and not for a structure, whose fields begin
     * with upper-case letters. JSON does not tell the two apart, and a missing key is an error in the latter only.
     */
    static boolean isMap(JsonNode object) {
        for (String name : object.propertyNames()) {
            return name.isEmpty() || !Character.isUpperCase(name.charAt(0));
        }
        return true;
    }

    /** The value as Go's {@code %v} writes it. */
    static String text(JsonNode value) {
        if (value.isMissingNode()) {
            return "<no value>";
        }
        if (value.isNull()) {
            return "<nil>";
        }
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(text(element)));
            return "[" + String.join(" ", elements) + "]";
        }
        if (value.isObject()) {
            return object(value);
        }
        return value.isFloatingPointNumber() ? number(value.doubleValue()) : value.asString();
    }

    private static String object(JsonNode object) {
        List<String> members = new ArrayList<>();
        if (isMap(object)) {
            sorted(object).forEach((name, member) -> members.add(name + ":" + text(member)));
            return "map[" + String.join(" ", members) + "]";
        }
        object.forEach(member -> members.add(text(member)));
        return "{" + String.join(" ", members) + "}";
    }

    /** The members of an object in the order in which Go goes through maps. */
    static TreeMap<String, JsonNode> sorted(JsonNode object) {
        TreeMap<String, JsonNode> members = new TreeMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    /** Go's shortest form, with an exponent from 1e+21 on and below 1e-04. */
    private static String number(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e21)) {
            BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
            int exponent = exact.precision() - exact.scale() - 1;
            String digits = exact.movePointLeft(exponent).toPlainString();
            return digits + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        }
        return value == 0
                ? "0"
                : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /** What Go would call the type. */
    static String type(JsonNode value) {
        if (value.isString()) {
            return "string";
        }
        if (value.isBoolean()) {
            return "bool";
        }
        if (value.isNumber()) {
            return value.isIntegralNumber() ? "int" : "float64";
        }
        if (value.isArray()) {
            return "list";
        }
        return value.isObject() ? "map" : "nil";
    }

    /** How messages name a value: a short one by itself. */
    static String shown(JsonNode value) {
        if (value.isContainer()) {
            return "a " + type(value);
        }
        return value.isString() ? '"' + value.stringValue() + '"' : text(value);
    }
}
