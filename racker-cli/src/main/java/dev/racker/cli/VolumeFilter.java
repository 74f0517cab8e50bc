package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What {@code --filter} leaves of volumes: of one kind of filter any has to fit, of labels all; of each kind one. */
final class VolumeFilter {

    private final Map<String, List<String>> wanted = new LinkedHashMap<>();
    private final Predicate<Volume> used;

    /**
     * Reads filters.
     *
     * @param known the names of filters that the command knows
     * @param used says whether some container mounts a volume; asked only when that matters
     */
    VolumeFilter(List<String> filters, Set<String> known, Predicate<Volume> used) {
        this.used = used;
        for (String filter : filters) {
            int equals = filter.indexOf('=');
            if (equals < 0) {
                throw new HarnessException(
                        "Tried to read --filter \"" + filter + "\", but bad format of filter (expected name=value).",
                        "Write it like label=KEY.");
            }
            boolean negated = equals > 0 && filter.charAt(equals - 1) == '!';
            String name = filter.substring(0, equals);
            if (!known.contains(name)) {
                throw new HarnessException(
                        "Tried to read --filter \"" + filter + "\", but invalid filter '"
                                + (negated ? name.substring(0, name.length() - 1) : name) + "'.",
                        "Known here: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
            if (name.equals("dangling")) {
                flag(filter, filter.substring(equals + 1));
            }
            wanted.computeIfAbsent(name, each -> new ArrayList<>()).add(filter.substring(equals + 1));
        }
    }

    private static boolean flag(String filter, String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw new HarnessException(
                        "Tried to read --filter \"" + filter + "\", but invalid filter 'dangling=[" + value + "]'.",
                        "Write dangling=true or dangling=false.");
        };
    }

    boolean fits(Volume volume) {
        for (Map.Entry<String, List<String>> filter : wanted.entrySet()) {
            if (!fits(volume, filter.getKey(), filter.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(Volume volume, String name, List<String> values) {
        return switch (name) {
            case "name" -> values.stream().anyMatch(volume.name()::contains);
            case "driver" -> values.stream().anyMatch(Volume.DRIVER::equals);
            case "label" -> values.stream().allMatch(value -> hasLabel(volume, value));
            case "label!" -> values.stream().noneMatch(value -> hasLabel(volume, value));
            case "all" -> true; // prune has looked at it
            default -> values.stream().anyMatch(value -> flag(name, value) != used.test(volume));
        };
    }

    private static boolean hasLabel(Volume volume, String text) {
        int equals = text.indexOf('=');
        String key = equals < 0 ? text : text.substring(0, equals);
        String value = volume.labels().get(key);
        return value != null && (equals < 0 || value.equals(text.substring(equals + 1)));
    }
}
