package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.NetworkDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What {@code --filter} leaves of networks: of one kind of filter any has to fit, of labels all; of each kind one. */
final class NetworkFilter {

    private final Map<String, List<String>> wanted = new LinkedHashMap<>();
    private final Predicate<NetworkDefinition> used;

    /**
     * Reads filters.
     *
     * @param known the names of filters that the command knows
     * @param used says whether some machine is connected to a network; asked only when that matters
     */
    NetworkFilter(List<String> filters, Set<String> known, Predicate<NetworkDefinition> used) {
        this.used = used;
        for (String filter : filters) {
            int equals = filter.indexOf('=');
            String name = equals < 0 ? "" : filter.substring(0, equals);
            if (!known.contains(name)) {
                throw new HarnessException(
                        "Tried to read --filter \"" + filter + "\", but "
                                + (equals < 0
                                        ? "bad format of filter (expected name=value)."
                                        : "invalid filter '" + name + "'."),
                        "Known here: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
            String value = filter.substring(equals + 1);
            check(filter, name, value);
            wanted.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
        }
    }

    /** The filters of {@code prune}. */
    static NetworkFilter ofPrune(List<String> filters) {
        return new NetworkFilter(filters, Set.of("until", "label", "label!"), network -> false);
    }

    private static void check(String filter, String name, String value) {
        boolean good = switch (name) {
            case "dangling" -> Set.of("true", "1", "false", "0").contains(value);
            case "type" -> value.equals("custom") || value.equals("builtin");
            default -> true;
        };
        if (!good) {
            throw new HarnessException(
                    "Tried to read --filter \"" + filter + "\", but invalid value \"" + value + "\".",
                    "Write dangling=true, dangling=false, type=custom or type=builtin.");
        }
        if (name.equals("until")) {
            until(value);
        }
    }

    boolean fits(NetworkDefinition network) {
        for (Map.Entry<String, List<String>> filter : wanted.entrySet()) {
            if (!fits(network, filter.getKey(), filter.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(NetworkDefinition network, String name, List<String> values) {
        return switch (name) {
            case "name" -> values.stream().anyMatch(network.name()::contains);
            case "id" -> values.stream().anyMatch(network.id()::startsWith);
            case "driver" -> values.stream().anyMatch(network.driver()::equals);
            case "scope" -> values.contains("local");
            case "type" -> values.contains(network.predefined() ? "builtin" : "custom");
            case "label" -> values.stream().allMatch(value -> hasLabel(network, value));
            case "label!" -> values.stream().noneMatch(value -> hasLabel(network, value));
            case "until" -> values.stream().allMatch(value -> network.created().isBefore(until(value)));
            default -> !network.predefined() && values.stream().anyMatch(value -> isTrue(value) != used.test(network));
        };
    }

    private static boolean isTrue(String value) {
        return value.equals("true") || value.equals("1");
    }

    private static Instant until(String value) {
        Instant now = Instant.now();
        return LogTimes.parse("--filter until", value, now, now);
    }

    private static boolean hasLabel(NetworkDefinition network, String text) {
        int equals = text.indexOf('=');
        String value = network.labels().get(equals < 0 ? text : text.substring(0, equals));
        return value != null && (equals < 0 || value.equals(text.substring(equals + 1)));
    }
}
