package dev.racker.cli;

import dev.racker.harness.Event;
import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What {@code events --filter} leaves: of one kind of filter any has to fit, of labels all; of each kind one. */
final class EventFilter {

    private static final Set<String> KNOWN =
            Set.of("container", "event", "image", "label", "network", "scope", "type", "volume");

    /** What is said about an event behind a colon is no part of its name. */
    private static final Set<String> TALKATIVE = Set.of("exec_create", "exec_start", "health_status");

    private final Map<String, List<String>> wanted = new LinkedHashMap<>();

    EventFilter(List<String> filters) {
        for (String filter : filters) {
            int equals = filter.indexOf('=');
            String name = equals < 0 ? filter : filter.substring(0, equals);
            if (equals < 0 || !KNOWN.contains(name)) {
                throw new HarnessException(
                        "Tried to read --filter \"" + filter + "\", but "
                                + (equals < 0
                                        ? "bad format of filter (expected name=value)."
                                        : "invalid filter '" + name + "'."),
                        "Known here: " + String.join(", ", new TreeSet<>(KNOWN)) + ".");
            }
            wanted.computeIfAbsent(name, each -> new ArrayList<>()).add(filter.substring(equals + 1));
        }
    }

    boolean fits(Event event) {
        for (Map.Entry<String, List<String>> filter : wanted.entrySet()) {
            List<String> values = filter.getValue();
            boolean fits = filter.getKey().equals("label")
                    ? values.stream().allMatch(value -> hasLabel(event, value))
                    : values.stream().anyMatch(value -> fits(event, filter.getKey(), value));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Event event, String name, String value) {
        return switch (name) {
            case "event" ->
                event.action().equals(value)
                        || TALKATIVE.contains(value) && event.action().startsWith(value + ":");
            case "image" -> isOfImage(event, value);
            case "type" -> event.type().equals(value);
            case "scope" -> value.equals("local");
            default -> isAbout(event, name, value);
        };
    }

    /** By the beginning of its id or name; what happens to a network or volume because of a container is about both. */
    private static boolean isAbout(Event event, String type, String value) {
        if (event.type().equals(type)) {
            return event.id().startsWith(value)
                    || event.attributes().getOrDefault("name", "").startsWith(value);
        }
        return type.equals("container")
                && event.attributes().getOrDefault("container", "").startsWith(value);
    }

    /** What happens to an image, and to the containers of it; a name fits with its tag or without. */
    private static boolean isOfImage(Event event, String value) {
        boolean isImage = event.type().equals("image");
        String name = event.attributes().getOrDefault(isImage ? "name" : "image", "");
        return name.equals(value)
                || untagged(name).equals(value)
                || isImage && (event.id().equals(value) || untagged(event.id()).equals(value));
    }

    private static String untagged(String name) {
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    private static boolean hasLabel(Event event, String text) {
        int equals = text.indexOf('=');
        String value = event.attributes().get(equals < 0 ? text : text.substring(0, equals));
        return value != null && (equals < 0 || value.equals(text.substring(equals + 1)));
    }
}
