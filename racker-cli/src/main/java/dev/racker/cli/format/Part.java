package dev.racker.cli.format;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A part of a template that writes something. */
@FunctionalInterface
interface Part {

    /** How it goes on after a part. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    /** Writes it. */
    Flow render(Scope scope, StringBuilder out);

    /** Text as it is. */
    static Part text(String text) {
        return (scope, out) -> {
            out.append(text);
            return Flow.NEXT;
        };
    }

    /** Where a loop is left or goes on. */
    static Part jump(Flow flow) {
        return (scope, out) -> flow;
    }

    /** A value, or nothing when it goes to a variable. */
    static Part value(Pipeline pipeline) {
        return (scope, out) -> {
            JsonNode value = pipeline.evaluate(scope);
            if (pipeline.variables().isEmpty()) {
                out.append(Values.text(value));
            }
            return Flow.NEXT;
        };
    }

    /** One part after the other, in the scope that is given. */
    static Flow all(List<Part> parts, Scope scope, StringBuilder out) {
        for (Part part : parts) {
            Flow flow = part.render(scope, out);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    /** {@code if}, and {@code with}, which moves the dot. */
    static Part choice(Pipeline condition, boolean movesDot, List<Part> then, List<Part> otherwise) {
        return (scope, out) -> {
            Scope inner = scope.inner(scope.dot());
            JsonNode value = condition.evaluate(inner);
            if (!Values.isTrue(value)) {
                return all(otherwise, inner, out);
            }
            return all(then, movesDot ? inner.inner(value) : inner, out);
        };
    }

    /** {@code range} over a list, the sorted keys of an object, or the numbers below one. */
    static Part loop(Pipeline over, List<Part> body, List<Part> otherwise) {
        return (scope, out) -> {
            JsonNode value = over.expression().evaluate(scope);
            if (value.isIntegralNumber()) {
                return numbers(over, value.longValue(), body, otherwise, scope, out);
            }
            if (!value.isContainer() && !value.isNull() && !value.isMissingNode()) {
                throw new ProblemInTemplate("range cannot go over " + Values.shown(value));
            }
            if (value.isEmpty()) {
                return all(otherwise, scope.inner(scope.dot()), out);
            }
            if (value.isObject()) {
                for (Map.Entry<String, JsonNode> member : Values.sorted(value).entrySet()) {
                    Flow flow = turn(over, Values.of(member.getKey()), member.getValue(), body, scope, out);
                    if (flow == Flow.BREAK) {
                        break;
                    }
                }
                return Flow.NEXT;
            }
            for (int i = 0; i < value.size(); i++) {
                if (turn(over, Values.of((long) i), value.get(i), body, scope, out) == Flow.BREAK) {
                    break;
                }
            }
            return Flow.NEXT;
        };
    }

    private static Flow numbers(
            Pipeline over, long end, List<Part> body, List<Part> otherwise, Scope scope, StringBuilder out) {
        if (end <= 0) {
            return all(otherwise, scope.inner(scope.dot()), out);
        }
        for (long i = 0; i < end; i++) {
            if (turn(over, Values.of(i), Values.of(i), body, scope, out) == Flow.BREAK) {
                break;
            }
        }
        return Flow.NEXT;
    }

    private static Flow turn(
            Pipeline over, JsonNode key, JsonNode value, List<Part> body, Scope scope, StringBuilder out) {
        Scope inner = scope.inner(value);
        int variables = over.variables().size();
        if (variables == 2) {
            over.set(0, inner, key);
        }
        if (variables > 0) {
            over.set(variables - 1, inner, value);
        }
        return all(body, inner, out);
    }
}
