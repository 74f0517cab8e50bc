package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.util.List;

/**
 * What a user wants of a machine's network.
 *
 * @param hostname the machine's host name: letters, digits, dots and hyphens
 * @param dns the addresses of the name servers that the machine shall ask; empty for those of the host
 */
public record NetworkOptions(String hostname, List<String> dns) {

    /** Checks both parts and throws a {@link HarnessException} that quotes what is wrong. */
    public NetworkOptions {
        dns = List.copyOf(dns);
        if (!isWord(hostname, ".-")) {
            throw new HarnessException(
                    "Tried to use \"" + hostname + "\" as a host name, but it is not one.",
                    "Use letters, digits, dots and hyphens.");
        }
        for (String server : dns) {
            if (!isWord(server, ".:%")) {
                throw new HarnessException(
                        "Tried to use \"" + server + "\" as a name server, but it is not an IP address.",
                        "Give an address such as 192.0.2.53.");
            }
        }
    }

    /** The options of a machine for which the user chose nothing but its host name. */
    public static NetworkOptions of(String hostname) {
        return new NetworkOptions(hostname, List.of());
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
