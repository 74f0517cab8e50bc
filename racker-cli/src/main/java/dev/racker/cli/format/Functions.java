package dev.racker.cli.format;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The functions of templates: Go's own, and those that docker adds. */
final class Functions {

    /** What a function does with its arguments, whose number has been checked. */
    @FunctionalInterface
    private interface Body {
        JsonNode apply(List<JsonNode> arguments);
    }

    private record Function(int fewest, int most, Body body) {}

    private static final int ANY = Integer.MAX_VALUE;

    /** Those that docker leaves out where it writes headings. */
    private static final Set<String> OF_TEXT =
            Set.of("json", "join", "split", "title", "upper", "lower", "truncate", "pad");

    private static final Map<String, Function> ALL = new HashMap<>();

    static {
        add("not", 1, 1, a -> Values.of(!Values.isTrue(a.get(0))));
        add("len", 1, 1, a -> length(a.get(0)));
        add("index", 1, ANY, a -> Members.index(a.get(0), a.subList(1, a.size())));
        add("slice", 1, 3, a -> slice(a));
        add("print", 0, ANY, a -> Values.of(print(a)));
        add("println", 0, ANY, a -> Values.of(String.join(" ", texts(a)) + "\n"));
        add("printf", 1, ANY, a -> Values.of(Printf.format(text("printf", a.get(0)), a.subList(1, a.size()))));
        add("html", 0, ANY, a -> Values.of(html(print(a))));
        add("urlquery", 0, ANY, a -> Values.of(URLEncoder.encode(print(a), StandardCharsets.UTF_8)));
        add("eq", 2, ANY, a -> Values.of(Comparison.isAnyEqual(a)));
        add("ne", 2, 2, a -> Values.of(!Comparison.isAnyEqual(a)));
        add("lt", 2, 2, a -> Values.of(Comparison.order("lt", a) < 0));
        add("le", 2, 2, a -> Values.of(Comparison.order("le", a) <= 0));
        add("gt", 2, 2, a -> Values.of(Comparison.order("gt", a) > 0));
        add("ge", 2, 2, a -> Values.of(Comparison.order("ge", a) >= 0));
        add(
                "json",
                1,
                1,
                a -> Values.of(a.get(0).isMissingNode() ? "null" : a.get(0).toString()));
        add("join", 2, 2, a -> Values.of(join(a.get(0), text("join", a.get(1)))));
        add("split", 2, 2, a -> Values.list(split(text("split", a.get(0)), text("split", a.get(1)))));
        add("upper", 1, 1, a -> Values.of(text("upper", a.get(0)).toUpperCase(Locale.ROOT)));
        add("lower", 1, 1, a -> Values.of(text("lower", a.get(0)).toLowerCase(Locale.ROOT)));
        add("title", 1, 1, a -> Values.of(title(text("title", a.get(0)))));
        add("truncate", 2, 2, a -> Values.of(truncate(text("truncate", a.get(0)), number("truncate", a.get(1)))));
        add("pad", 3, 3, a -> Values.of(pad(text("pad", a.get(0)), number("pad", a.get(1)), number("pad", a.get(2)))));
    }

    private Functions() {}

    private static void add(String name, int fewest, int most, Body body) {
        ALL.put(name, new Function(fewest, most, body));
    }

    /** Says whether there is one; {@code and} and {@code or} are too, though they do not look at all arguments. */
    static boolean exists(String name) {
        return ALL.containsKey(name) || name.equals("and") || name.equals("or");
    }

    /** What functions there are. */
    static Set<String> names() {
        return ALL.keySet();
    }

    /** What is wrong with a call with so many arguments, or null. */
    static String problem(String name, int count) {
        Function function = ALL.getOrDefault(name, new Function(1, ANY, null));
        if (count >= function.fewest() && count <= function.most()) {
            return null;
        }
        String wanted = function.fewest() == function.most()
                ? String.valueOf(function.fewest())
                : (count < function.fewest() ? "at least " + function.fewest() : "at most " + function.most());
        return name + " takes " + wanted + (wanted.endsWith(" 1") || wanted.equals("1") ? " argument" : " arguments")
                + ", and has " + count;
    }

    /** Calls one that exists, with as many arguments as it takes. */
    static JsonNode call(String name, List<Expression> arguments, Scope scope) {
        if (name.equals("and") || name.equals("or")) {
            return firstThatDecides(name.equals("or"), arguments, scope);
        }
        List<JsonNode> values = new ArrayList<>();
        arguments.forEach(argument -> values.add(argument.evaluate(scope)));
        if (scope.isHeading() && OF_TEXT.contains(name)) {
            return values.get(0);
        }
        return ALL.get(name).body().apply(values);
    }

    private static JsonNode firstThatDecides(boolean deciding, List<Expression> arguments, Scope scope) {
        JsonNode value = Values.missing();
        for (Expression argument : arguments) {
            value = argument.evaluate(scope);
            if (Values.isTrue(value) == deciding) {
                break;
            }
        }
        return value;
    }

    /** What a map has not is taken for an empty text. */
    private static String text(String function, JsonNode value) {
        if (value.isMissingNode()) {
            return "";
        }
        if (!value.isString()) {
            throw new ProblemInTemplate(
                    function + " takes a text, and not " + Values.shown(value), "Make a text of it with print.");
        }
        return value.stringValue();
    }

    private static int number(String function, JsonNode value) {
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 0) {
            throw new ProblemInTemplate(function + " takes a number of characters, and not " + Values.shown(value));
        }
        return value.intValue();
    }

    private static List<String> texts(List<JsonNode> values) {
        return values.stream().map(Values::text).toList();
    }

    /** Go puts spaces only between two that are no texts. */
    private static String print(List<JsonNode> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0 && !values.get(i).isString() && !values.get(i - 1).isString()) {
                text.append(' ');
            }
            text.append(Values.text(values.get(i)));
        }
        return text.toString();
    }

    private static JsonNode length(JsonNode value) {
        if (value.isString()) {
            return Values.of((long) value.stringValue().getBytes(StandardCharsets.UTF_8).length);
        }
        if (value.isNumber() || value.isBoolean()) {
            throw new ProblemInTemplate("len cannot count " + Values.shown(value));
        }
        return Values.of((long) value.size());
    }

    private static JsonNode slice(List<JsonNode> arguments) {
        JsonNode value = arguments.get(0);
        int size = value.isString() ? value.stringValue().length() : value.size();
        int start = arguments.size() > 1 ? number("slice", arguments.get(1)) : 0;
        int end = arguments.size() > 2 ? number("slice", arguments.get(2)) : size;
        if (start > end || end > size) {
            throw new ProblemInTemplate("slice cannot give " + start + " to " + end + " of " + size);
        }
        if (value.isString()) {
            return Values.of(value.stringValue().substring(start, end));
        }
        if (!value.isArray()) {
            throw new ProblemInTemplate("slice cannot cut " + Values.shown(value));
        }
        var part = tools.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        for (int i = start; i < end; i++) {
            part.add(value.get(i));
        }
        return part;
    }

    private static String join(JsonNode list, String between) {
        if (!list.isArray() && !list.isNull() && !list.isMissingNode()) {
            throw new ProblemInTemplate("join takes a list, and not " + Values.shown(list));
        }
        List<String> elements = new ArrayList<>();
        list.forEach(element -> elements.add(Values.text(element)));
        return String.join(between, elements);
    }

    private static List<String> split(String text, String at) {
        return at.isEmpty()
                ? text.codePoints().mapToObj(Character::toString).toList()
                : Arrays.asList(text.split(Pattern.quote(at), -1));
    }

    private static String title(String text) {
        StringBuilder title = new StringBuilder(text);
        for (int i = 0; i < title.length(); i++) {
            if (i == 0 || !Character.isLetterOrDigit(title.charAt(i - 1)) && title.charAt(i - 1) != '_') {
                title.setCharAt(i, Character.toTitleCase(title.charAt(i)));
            }
        }
        return title.toString();
    }

    private static String truncate(String text, int most) {
        return text.substring(0, Math.min(most, text.length()));
    }

    private static String pad(String text, int before, int after) {
        return text.isEmpty() ? text : " ".repeat(before) + text + " ".repeat(after);
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("'", "&#39;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;");
    }
}
