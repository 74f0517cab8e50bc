package dev.racker.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** JSON as docker's {@code inspect} commands print it: an array of objects, indented by four blanks. */
final class IndentedJson {

    private static final String STEP = "    ";

    private IndentedJson() {}

    /** The array, with a line end. */
    static String text(List<? extends JsonNode> values) {
        StringBuilder out = new StringBuilder();
        write(array(values), "\n", out);
        return out.append('\n').toString();
    }

    /** The same on one line. */
    static String line(List<? extends JsonNode> values) {
        return array(values) + "\n";
    }

    private static JsonNode array(List<? extends JsonNode> values) {
        return JsonNodeFactory.instance.arrayNode().addAll(values);
    }

    private static void write(JsonNode node, String newLine, StringBuilder out) {
        if (!node.isContainer() || node.isEmpty()) {
            out.append(node);
            return;
        }
        String inner = newLine + STEP;
        out.append(node.isObject() ? '{' : '[');
        if (node.isObject()) {
            Iterator<Map.Entry<String, JsonNode>> properties = node.properties().iterator();
            while (properties.hasNext()) {
                Map.Entry<String, JsonNode> property = properties.next();
                out.append(inner)
                        .append(JsonNodeFactory.instance.stringNode(property.getKey()))
                        .append(": ");
                write(property.getValue(), inner, out);
                out.append(properties.hasNext() ? "," : "");
            }
        } else {
            for (int i = 0; i < node.size(); i++) {
                out.append(inner);
                write(node.get(i), inner, out);
                out.append(i + 1 < node.size() ? "," : "");
            }
        }
        out.append(newLine).append(node.isObject() ? '}' : ']');
    }
}
