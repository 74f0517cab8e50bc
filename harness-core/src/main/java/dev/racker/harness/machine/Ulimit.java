package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.util.List;
import java.util.Locale;

/**
 * A limit of setrlimit(2).
 *
 * @param name its name in lower case without "RLIMIT_", such as {@code nofile}
 * @param soft the limit that counts; -1 for none
 * @param hard how far a process may raise it; -1 for none
 */
public record Ulimit(String name, long soft, long hard) {

    // docker knows all but "as", which it refuses.
    private static final List<String> NAMES = List.of(
            "core",
            "cpu",
            "data",
            "fsize",
            "locks",
            "memlock",
            "msgqueue",
            "nice",
            "nofile",
            "nproc",
            "rss",
            "rtprio",
            "rttime",
            "sigpending",
            "stack");

    /**
     * Reads docker's form {@code NAME=SOFT[:HARD]}.
     *
     * @throws HarnessException when it is not understood, or the soft limit exceeds the hard one
     */
    public static Ulimit parse(String text) {
        int equals = text.indexOf('=');
        String name = text.substring(0, Math.max(equals, 0)).toLowerCase(Locale.ROOT);
        if (equals < 0 || !NAMES.contains(name)) {
            throw wrong(
                    text,
                    equals < 0 ? "it holds no \"=\"" : "there is no limit \"" + name + "\"",
                    "Write NAME=SOFT:HARD; the names are " + String.join(", ", NAMES) + ".");
        }
        String values = text.substring(equals + 1);
        int colon = values.indexOf(':');
        long soft = value(text, colon < 0 ? values : values.substring(0, colon));
        long hard = colon < 0 ? soft : value(text, values.substring(colon + 1));
        if (hard >= 0 && (soft < 0 || soft > hard)) {
            throw wrong(text, "the soft limit is above the hard one", "Give the lower one first.");
        }
        return new Ulimit(name, soft, hard);
    }

    private static long value(String text, String number) {
        try {
            long value = Long.parseLong(number);
            if (value >= -1) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(text, "\"" + number + "\" is no number", "Give numbers, or -1 for no limit.");
        }
        throw wrong(text, "\"" + number + "\" is below -1", "Give numbers, or -1 for no limit.");
    }

    private static HarnessException wrong(String text, String reason, String hint) {
        return new HarnessException("Tried to read --ulimit \"" + text + "\", but " + reason + ".", hint);
    }

    /** As systemd-nspawn(1) takes it. */
    String rlimit() {
        return "RLIMIT_" + name.toUpperCase(Locale.ROOT) + "=" + values();
    }

    /** As systemd.exec(5) takes it. */
    String property() {
        return "Limit" + name.toUpperCase(Locale.ROOT) + "=" + values();
    }

    /** As prlimit(1) takes it. */
    String prlimit() {
        return "--" + name + "=" + (soft < 0 ? "unlimited" : soft) + ":" + (hard < 0 ? "unlimited" : hard);
    }

    private String values() {
        return word(soft) + ":" + word(hard);
    }

    private static String word(long value) {
        return value < 0 ? "infinity" : Long.toString(value);
    }

    /** Inverts {@link #parse}. */
    @Override
    public String toString() {
        return name + "=" + soft + ":" + hard;
    }
}
