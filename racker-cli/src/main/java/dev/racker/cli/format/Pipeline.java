package dev.racker.cli.format;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An expression, and the variables that its value goes to.
 *
 * @param variables none, one, or two in {@code range}
 * @param declares whether they are new ({@code :=}) or there already ({@code =})
 */
record Pipeline(List<String> variables, boolean declares, Expression expression) {

    /** The value, put into the variable too when there is one. */
    JsonNode evaluate(Scope scope) {
        JsonNode value = expression.evaluate(scope);
        if (!variables.isEmpty()) {
            set(0, scope, value);
        }
        return value;
    }

    /** Puts a value into one of the variables. */
    void set(int number, Scope scope, JsonNode value) {
        if (declares) {
            scope.declare(variables.get(number), value);
        } else {
            scope.assign(variables.get(number), value);
        }
    }
}
