package dev.racker.cli.format;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What an action sees: the dot, and the variables of its block and those around it. */
final class Scope {

    private final Scope outer;
    private final JsonNode dot;
    private final boolean heading;
    private final Map<String, JsonNode> variables = new HashMap<>();

    private Scope(Scope outer, JsonNode dot, boolean heading) {
        this.outer = outer;
        this.dot = dot;
        this.heading = heading;
    }

    /** The scope of a whole template; for headings, functions leave their texts as they are. */
    static Scope outermost(JsonNode data, boolean heading) {
        Scope scope = new Scope(null, data, heading);
        scope.declare("$", data);
        return scope;
    }

    /** The scope of a block inside this one. */
    Scope inner(JsonNode innerDot) {
        return new Scope(this, innerDot, heading);
    }

    JsonNode dot() {
        return dot;
    }

    boolean isHeading() {
        return heading;
    }

    void declare(String name, JsonNode value) {
        variables.put(name, value);
    }

    /** Changes a variable where it was declared. */
    void assign(String name, JsonNode value) {
        owner(name).variables.put(name, value);
    }

    JsonNode variable(String name) {
        return owner(name).variables.get(name);
    }

    /** The parser has made sure that there is one. */
    private Scope owner(String name) {
        Scope scope = this;
        while (!scope.variables.containsKey(name)) {
            scope = scope.outer;
        }
        return scope;
    }
}
