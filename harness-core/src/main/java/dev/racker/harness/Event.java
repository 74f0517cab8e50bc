package dev.racker.harness;

import dev.racker.harness.store.ContainerRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that has happened.
 *
 * @param time when
 * @param type to what kind of object: container, image, network or volume
 * @param action what, in docker's words: create, start, die
 * @param id the object's id; of a volume its name; empty when it has happened to many at once
 * @param attributes more about it: name, image, exitCode, and the object's labels
 */
public record Event(Instant time, String type, String action, String id, Map<String, String> attributes) {

    private static final long NANOSECONDS = 1_000_000_000L;
    private static final int FIXED = 4;

    /** Takes a copy. */
    public Event {
        attributes = new LinkedHashMap<>(attributes);
    }

    /** Something that happens to a container now; {@code more} are names and values by turns. */
    static Event of(String action, ContainerRecord record, String... more) {
        Map<String, String> attributes = new LinkedHashMap<>(record.labels());
        attributes.put("image", record.image());
        attributes.put("name", record.name());
        return new Event(Instant.now(), "container", action, record.id(), with(attributes, more));
    }

    /** Something that happens to something else now; {@code more} are names and values by turns. */
    static Event of(String type, String action, String id, String... more) {
        return new Event(Instant.now(), type, action, id, with(new LinkedHashMap<>(), more));
    }

    private static Map<String, String> with(Map<String, String> attributes, String... more) {
        for (int i = 0; i < more.length; i += 2) {
            attributes.put(more[i], more[i + 1]);
        }
        return attributes;
    }

    /** Nanoseconds since 1970. */
    public long nanoseconds() {
        return time.getEpochSecond() * NANOSECONDS + time.getNano();
    }

    /** One line without its end, of fields between tabs; the time comes first. */
    String line() {
        StringBuilder line = new StringBuilder(256).append(nanoseconds()).append('\t');
        rest(line);
        return line.toString();
    }

    /** The line without its time, for a program that knows only that. */
    String rest() {
        StringBuilder line = new StringBuilder(256);
        rest(line);
        return line.toString();
    }

    private void rest(StringBuilder line) {
        line.append(type).append('\t').append(action).append('\t').append(id);
        attributes.forEach((name, value) -> clean(clean(line.append('\t'), name).append('='), value));
    }

    private static StringBuilder clean(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            line.append(Character.isISOControl(text.charAt(i)) ? ' ' : text.charAt(i));
        }
        return line;
    }

    /** Reads a line; empty for one that was torn. */
    static Optional<Event> parse(String line) {
        String[] fields = line.split("\t");
        if (fields.length < FIXED) {
            return Optional.empty();
        }
        try {
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int i = FIXED; i < fields.length; i++) {
                int equals = fields[i].indexOf('=');
                attributes.put(fields[i].substring(0, Math.max(0, equals)), fields[i].substring(equals + 1));
            }
            Instant time = Instant.ofEpochSecond(0, Long.parseLong(fields[0]));
            return Optional.of(new Event(time, fields[1], fields[2], fields[3], attributes));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
