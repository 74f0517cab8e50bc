package dev.racker.cli.format;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Comparisons as Go's templates make them: texts with texts, numbers with numbers. */
final class Comparison {

    private Comparison() {}

    /** Says whether the first value is one of the others. */
    static boolean isAnyEqual(List<JsonNode> values) {
        JsonNode first = values.get(0);
        for (JsonNode other : values.subList(1, values.size())) {
            if (isEqual(first, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEqual(JsonNode first, JsonNode second) {
        if (isNothing(first) || isNothing(second)) {
            return isNothing(first) && isNothing(second);
        }
        if (first.isNumber() && second.isNumber()) {
            return first.decimalValue().compareTo(second.decimalValue()) == 0;
        }
        if (first.isContainer() || second.isContainer() || !Values.type(first).equals(Values.type(second))) {
            throw incomparable(first, second);
        }
        return first.equals(second);
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }

    /** Negative, zero or positive, as the first is below, at or above the second. */
    static int order(String function, List<JsonNode> values) {
        JsonNode first = values.get(0);
        JsonNode second = values.get(1);
        if (first.isNumber() && second.isNumber()) {
            return first.decimalValue().compareTo(second.decimalValue());
        }
        if (first.isString() && second.isString()) {
            return first.stringValue().compareTo(second.stringValue());
        }
        if (Values.type(first).equals(Values.type(second))) {
            throw new ProblemInTemplate(function + " cannot compare " + Values.shown(first));
        }
        throw incomparable(first, second);
    }

    private static ProblemInTemplate incomparable(JsonNode first, JsonNode second) {
        return new ProblemInTemplate(
                Values.shown(first) + " and " + Values.shown(second) + " cannot be compared",
                "Compare texts with texts (\"1\"), and numbers with numbers (1).");
    }
}
