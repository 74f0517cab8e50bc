package dev.racker.postroj.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

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
                throw SpecReader.unknown(node, name, known);
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

    int number() {
        try {
            int number = Integer.parseInt(text());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong("must be a number, not \"" + text() + "\"");
        }
        throw wrong("must not be negative");
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

    private String kind() {
        return value instanceof List ? "a list" : isMapping() ? "a mapping" : "a text";
    }
}
