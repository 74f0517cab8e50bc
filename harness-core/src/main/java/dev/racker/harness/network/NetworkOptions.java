package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.util.List;

/**
 * What a machine needs of its network.
 *
 * @param hostname the machine's host name: letters, digits, dots and hyphens
 * @param names what other machines of a user-defined network call it, besides its aliases there: the container's name,
 *     and the beginning of its id
 * @param settings what the user wants
 */
public record NetworkOptions(String hostname, List<String> names, NetworkSettings settings) {

    /** HOST_NAME_MAX, see gethostname(2). */
    private static final int LONGEST_HOSTNAME = 64;

    /** Checks all parts and throws a {@link HarnessException} that quotes what is wrong. */
    public NetworkOptions {
        names = List.copyOf(names);
        checkHostname(hostname);
        for (String name : names) {
            if (!isWord(name, ".-_")) {
                throw new IllegalArgumentException("not a name: " + name);
            }
        }
    }

    /** The options of a machine on the bridge for which the user chose nothing but name servers. */
    public NetworkOptions(String hostname, List<String> dns) {
        this(
                hostname,
                List.of(),
                dns.isEmpty()
                        ? NetworkSettings.defaults()
                        : NetworkSettings.defaults().ask(dns));
    }

    /** The options of a machine for which the user chose nothing but its host name. */
    public static NetworkOptions of(String hostname) {
        return new NetworkOptions(hostname, List.of());
    }

    /** The name servers that the user chose. */
    public List<String> dns() {
        return settings.dns();
    }

    /** What the machine is called: its container's name, or its host name. */
    String name() {
        return names.isEmpty() ? hostname : names.get(0);
    }

    /** Checks what Linux takes as the host's name, and a machine's: throws a {@link HarnessException} that quotes it. */
    public static void checkHostname(String hostname) {
        if (!isWord(hostname, ".-") || hostname.charAt(0) == '-' || hostname.charAt(0) == '.') {
            throw new HarnessException(
                    "Tried to use \"" + hostname + "\" as a host name, but it is not one.",
                    "Use letters, digits, dots and hyphens, and begin with a letter or digit.");
        }
        if (hostname.length() > LONGEST_HOSTNAME) {
            throw new HarnessException(
                    "Tried to use \"" + hostname + "\" as a host name, but it is " + hostname.length()
                            + " characters long.",
                    "Linux takes " + LONGEST_HOSTNAME + " at most.");
        }
    }

    /** Says whether a text is not empty and holds only ASCII letters, digits and what {@code others} lists. */
    static boolean isWord(String text, String others) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && others.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
