package dev.racker.cli;

import dev.racker.harness.Images;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.StoredImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What {@code --filter} leaves of images: of references any has to fit, of the others all. */
final class ImageFilter implements Predicate<StoredImage> {

    /** What {@code images} knows. */
    static final Set<String> OF_IMAGES = Set.of("dangling", "label", "reference", "before", "since", "until");

    /** What {@code image prune} knows. */
    static final Set<String> OF_PRUNE = Set.of("dangling", "label", "label!", "until");

    private final Map<String, List<String>> wanted = new LinkedHashMap<>();
    private final Map<String, Instant> times = new LinkedHashMap<>();

    /**
     * Reads filters.
     *
     * @param images finds the images that others are compared with
     */
    ImageFilter(List<String> filters, Set<String> known, Supplier<Images> images) {
        for (String filter : filters) {
            int equals = filter.indexOf('=');
            String name = equals < 0 ? filter : filter.substring(0, equals);
            if (equals < 0 || !known.contains(name)) {
                throw refused(
                        filter,
                        equals < 0 ? "it is not NAME=VALUE" : "there is no filter \"" + name + "\"",
                        "Known here: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
            String value = filter.substring(equals + 1);
            wanted.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
            switch (name) {
                case "dangling" -> flag(filter, value);
                case "before", "since" ->
                    times.put(filter, images.get().stored(value).created());
                case "until" ->
                    times.put(filter, LogTimes.parse("--filter until", value, Instant.now(), Instant.now()));
                default -> {}
            }
        }
    }

    private static boolean flag(String filter, String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw refused(filter, "\"" + value + "\" is neither true nor false", "Write dangling=true.");
        };
    }

    private static HarnessException refused(String filter, String problem, String hint) {
        return new HarnessException("Tried to read --filter \"" + filter + "\", but " + problem + ".", hint);
    }

    /** Says whether a flag of this name was given, and what it says; otherwise the default. */
    boolean flag(String name, boolean otherwise) {
        List<String> values = wanted.get(name);
        return values == null ? otherwise : flag(name, values.get(values.size() - 1));
    }

    @Override
    public boolean test(StoredImage image) {
        for (Map.Entry<String, List<String>> filter : wanted.entrySet()) {
            if (!fits(image, filter.getKey(), filter.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(StoredImage image, String name, List<String> values) {
        return switch (name) {
            case "dangling" -> values.stream().allMatch(value -> flag(name, value) == ImageName.isUntagged(image));
            case "label" -> values.stream().allMatch(value -> hasLabel(image, value));
            case "label!" -> values.stream().noneMatch(value -> hasLabel(image, value));
            case "reference" -> values.stream().anyMatch(value -> isNamed(image, value));
            case "since" -> values.stream().allMatch(value -> image.created().isAfter(times.get(name + "=" + value)));
            default -> values.stream().allMatch(value -> image.created().isBefore(times.get(name + "=" + value)));
        };
    }

    private static boolean hasLabel(StoredImage image, String text) {
        int equals = text.indexOf('=');
        String value = image.config().labels().get(equals < 0 ? text : text.substring(0, equals));
        return value != null && (equals < 0 || value.equals(text.substring(equals + 1)));
    }

    /** Says whether a pattern of docker's fits the name, with its tag or without. */
    static boolean isNamed(StoredImage image, String pattern) {
        ImageName name = ImageName.of(image);
        Pattern glob = glob(pattern);
        return glob.matcher(name.text()).matches()
                || glob.matcher(name.repository()).matches()
                || glob.matcher(image.name()).matches();
    }

    /** Go's path.Match: no star goes over a slash. */
    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int end = c == '[' ? pattern.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (end > 0) {
                regex.append('[')
                        .append(pattern.substring(i + 1, end)
                                .replace("\\", "\\\\")
                                .replace("[", "\\["))
                        .append(']');
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
