package dev.racker.postroj.plan;

import dev.racker.harness.console.Suggestions;
import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One value of a specification file, which knows its line when something in it is wrong.
 *
 * @param file the file, for messages
 * @param line where it begins
 * @param key the key that it belongs to; empty for the whole document
 * @param value a String, a {@code List<SpecNode>}, or a {@code Map<String, SpecNode>}
 */
record SpecNode(String file, int line, String key, Object value) {

    boolean isMapping() {
        return value instanceof Map;
    }

    boolean isText() {
        return value instanceof String;
    }

    /** The keys and values of a mapping; refuses keys that are not among {@code known}. */
    Map<String, SpecNode> mapping(Set<String> known) {
        if (!(value instanceof Map)) {
            throw wrong(key.isEmpty() ? "holds no keys" : "must hold keys, not " + kind());
        }
        Map<String, SpecNode> entries = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
            String name = (String) entry.getKey();
            SpecNode node = (SpecNode) entry.getValue();
            if (!known.contains(name)) {
                throw node.unknown(name, known);
            }
            entries.put(name, node);
        }
        return entries;
    }

    String text() {
        if (!isText()) {
            throw wrong("must be a text, not " + kind());
        }
        return (String) value;
    }

    /** A text that is not empty. */
    String word() {
        String text = text();
        if (text.isBlank()) {
            throw wrong("must not be empty");
        }
        return text;
    }

    /** The elements of a list; anything else counts as a list of itself. */
    List<SpecNode> elements() {
        List<SpecNode> elements = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> elements.add((SpecNode) element));
        } else {
            elements.add(this);
        }
        return elements;
    }

    <T> List<T> list(Function<SpecNode, T> reader) {
        List<T> list = new ArrayList<>();
        for (SpecNode element : elements()) {
            list.add(reader.apply(element));
        }
        return list;
    }

    List<String> words() {
        return list(SpecNode::word);
    }

    /** Words that a reader understands. */
    List<String> words(Function<String, ?> reader) {
        return list(element -> {
            String word = element.word();
            element.understood(() -> reader.apply(word));
            return word;
        });
    }

    /** What a reader makes of the value; what it refuses is told with the line. */
    <T> T understood(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (HarnessException refusal) {
            throw new UsageException(
                    file + ", line " + line + ": " + refusal.getMessage(),
                    refusal.hint().orElse(null),
                    refusal);
        }
    }

    int number(int least) {
        try {
            int number = Integer.parseInt(text());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong("must be a number, not \"" + text() + "\"");
        }
        throw wrong("must be " + least + " or more");
    }

    boolean flag() {
        return switch (text()) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw wrong("must be true or false, not \"" + text() + "\"");
        };
    }

    UsageException wrong(String problem) {
        String subject = key.isEmpty() ? "it" : "\"" + key + "\"";
        return new UsageException(
                "Tried to read " + file + ", but in line " + line + " " + subject + " " + problem + ".",
                "See \"Specifications\" in postroj's documentation.");
    }

    private UsageException unknown(String name, Set<String> known) {
        List<String> near = Suggestions.nearest(name, new TreeSet<>(known));
        return new UsageException(
                "Tried to read " + file + ", but in line " + line + " the key \"" + name + "\" is not known.",
                near.isEmpty()
                        ? "Known here: " + String.join(", ", new TreeSet<>(known)) + "."
                        : "Did you mean " + String.join(" or ", near) + "?");
    }

    private String kind() {
        return value instanceof List ? "a list" : isMapping() ? "a mapping" : "a text";
    }
}
