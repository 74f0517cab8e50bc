package dev.racker.cli;

import dev.racker.harness.Event;
import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code events --filter} leaves: of one kind of filter any has to fit, of each kind one. */
final class EventFilter {

    private static final List<String> KNOWN = List.of("container", "event", "image", "label", "type");

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
                        "Known here: " + String.join(", ", KNOWN) + ".");
            }
            wanted.computeIfAbsent(name, each -> new ArrayList<>()).add(filter.substring(equals + 1));
        }
    }

    boolean fits(Event event) {
        for (Map.Entry<String, List<String>> filter : wanted.entrySet()) {
            if (filter.getValue().stream().noneMatch(value -> fits(event, filter.getKey(), value))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Event event, String name, String value) {
        int equals = value.indexOf('=');
        return switch (name) {
            case "container" ->
                event.id().startsWith(value) || value.equals(event.attributes().get("name"));
            case "event" -> event.action().equals(value) || event.action().startsWith(value + ":");
            case "image" -> value.equals(event.attributes().get("image"));
            case "type" -> event.type().equals(value);
            default ->
                equals < 0
                        ? event.attributes().containsKey(value)
                        : value.substring(equals + 1).equals(event.attributes().get(value.substring(0, equals)));
        };
    }
}
