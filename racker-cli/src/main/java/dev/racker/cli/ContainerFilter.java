package dev.racker.cli;

import dev.racker.harness.ContainerOptions;
import dev.racker.harness.ContainerState;
import dev.racker.harness.Harness;
import dev.racker.harness.NoSuchImageException;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.InvalidReferenceException;
import dev.racker.harness.machine.Mount;
import dev.racker.harness.network.Connection;
import dev.racker.harness.network.NetworkRequest;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.StoredImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What {@code --filter} leaves of containers: of one kind of filter any has to fit, of labels all; of each kind one. */
final class ContainerFilter {

    private static final Set<String> LIST = Set.of(
            "id",
            "name",
            "label",
            "status",
            "exited",
            "ancestor",
            "before",
            "since",
            "health",
            "volume",
            "network",
            "publish",
            "expose");
    private static final Set<String> PRUNE = Set.of("label", "label!", "until");
    private static final Set<String> STATUSES =
            Set.of("created", "running", "paused", "restarting", "removing", "exited", "dead");
    private static final Set<String> HEALTHS = Set.of("starting", "healthy", "unhealthy", "none");

    private final Map<String, List<String>> wanted = new LinkedHashMap<>();
    private final Harness harness;

    private ContainerFilter(Harness harness, List<String> filters, Set<String> known) {
        this.harness = harness;
        for (String filter : filters) {
            int equals = filter.indexOf('=');
            String name = equals < 0 ? filter : filter.substring(0, equals);
            if (equals < 0 || !known.contains(name)) {
                throw new HarnessException(
                        "Tried to read --filter \"" + filter + "\", but "
                                + (equals < 0
                                        ? "bad format of filter (expected name=value)."
                                        : "invalid filter '" + name + "'."),
                        "Known here: " + String.join(", ", new TreeSet<>(known)) + ".");
            }
            String value = filter.substring(equals + 1);
            check(filter, name, value);
            wanted.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
        }
    }

    /** The filters of {@code ps}. */
    static ContainerFilter ofList(Harness harness, List<String> filters) {
        return new ContainerFilter(harness, filters, LIST);
    }

    /** The filters of {@code prune}. */
    static ContainerFilter ofPrune(Harness harness, List<String> filters) {
        return new ContainerFilter(harness, filters, PRUNE);
    }

    private static void check(String filter, String name, String value) {
        String known = switch (name) {
            case "status" -> STATUSES.contains(value) ? "" : String.join(", ", new TreeSet<>(STATUSES));
            case "health" -> HEALTHS.contains(value) ? "" : String.join(", ", new TreeSet<>(HEALTHS));
            case "exited" -> isNumber(value) ? "" : "a number";
            case "id", "name" -> isPattern(value) ? "" : "a regular expression";
            default -> "";
        };
        if (!known.isEmpty()) {
            throw new HarnessException(
                    "Tried to read --filter \"" + filter + "\", but invalid filter '" + name + "=" + value + "'.",
                    "Use " + known + ".");
        }
        switch (name) {
            case "until" -> until(value);
            case "publish", "expose" -> FilteredPorts.parse(filter, value);
            default -> {}
        }
    }

    private static boolean isNumber(String value) {
        try {
            return Integer.parseInt(value) >= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isPattern(String value) {
        try {
            return Pattern.compile(value) != null;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Says whether containers that do not run are meant too. */
    boolean wantsAll() {
        return wanted.containsKey("status") || wanted.containsKey("exited");
    }

    boolean fits(ContainerRecord record, ContainerState state) {
        for (Map.Entry<String, List<String>> filter : wanted.entrySet()) {
            List<String> values = filter.getValue();
            boolean fits = switch (filter.getKey()) {
                case "label" -> values.stream().allMatch(value -> hasLabel(record, value));
                case "label!" -> values.stream().noneMatch(value -> hasLabel(record, value));
                case "until" ->
                    values.stream().allMatch(value -> record.created().isBefore(until(value)));
                default -> values.stream().anyMatch(value -> fits(record, state, filter.getKey(), value));
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(ContainerRecord record, ContainerState state, String name, String value) {
        return switch (name) {
            case "id" -> Pattern.compile(value).matcher(record.id()).find();
            case "name" -> matches(value, record.name()) || matches(value, "/" + record.name());
            case "status" -> state.status().word().equals(value);
            case "exited" ->
                state.status() == ContainerState.Status.EXITED && state.exitStatus() == Integer.parseInt(value);
            case "ancestor" -> descends(record, value);
            case "before" ->
                record.created().isBefore(harness.containers().get(value).created());
            case "since" ->
                record.created().isAfter(harness.containers().get(value).created());
            case "health" -> state.health().equals(value.equals("none") ? "" : value);
            case "volume" -> mounts(record, value);
            case "publish" ->
                FilteredPorts.parse(name, value).arePublished(harness.networks().connections(record));
            case "expose" ->
                FilteredPorts.parse(name, value)
                        .areExposed(
                                harness.networks().connections(record),
                                harness.containers().options(record).network().expose());
            default -> isConnected(record, value);
        };
    }

    private static boolean matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).find();
    }

    private static boolean hasLabel(ContainerRecord record, String text) {
        int equals = text.indexOf('=');
        String value = record.labels().get(equals < 0 ? text : text.substring(0, equals));
        return value != null && (equals < 0 || value.equals(text.substring(equals + 1)));
    }

    private static Instant until(String value) {
        Instant now = Instant.now();
        return LogTimes.parse("--filter until", value, now, now);
    }

    private boolean descends(ContainerRecord record, String image) {
        try {
            if (ImageReference.parse(image).toString().equals(record.image())) {
                return true;
            }
            StoredImage wantedImage = harness.images().stored(image);
            return harness.store()
                    .images()
                    .find(record.image())
                    .filter(own -> own.digest().equals(wantedImage.digest()))
                    .isPresent();
        } catch (NoSuchImageException | InvalidReferenceException e) {
            return false;
        }
    }

    private boolean mounts(ContainerRecord record, String value) {
        for (Mount mount : harness.mounts().of(record).mounts()) {
            if (mount.target().equals(value) || mount.source().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private boolean isConnected(ContainerRecord record, String network) {
        for (Connection place : harness.networks().connections(record).networks()) {
            if (place.network().equals(network) || place.networkId().startsWith(network)) {
                return true;
            }
        }
        return networks(harness.containers().options(record)).contains(network);
    }

    /** The names of the networks that a container is made for. */
    static List<String> networks(ContainerOptions options) {
        List<NetworkRequest> requests = options.network().requests();
        return requests.isEmpty()
                ? List.of("bridge")
                : requests.stream().map(NetworkRequest::network).toList();
    }
}
