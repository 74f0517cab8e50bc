package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;

/** The names that networks may have. */
final class NetworkNames {

    private NetworkNames() {}

    /** Says whether a network of this name is there without anybody having made it. */
    static boolean isPredefined(String name) {
        return name.equals("bridge") || name.equals("host") || name.equals("none");
    }

    /** Throws a {@link HarnessException} that quotes what cannot be the name or the id of a network. */
    static void check(String name) {
        char first = name.isEmpty() ? '-' : name.charAt(0);
        if (!NetworkOptions.isWord(name, "_.-") || first == '.' || first == '-' || first == '_') {
            throw new HarnessException(
                    "Tried to use \"" + name + "\" as the name of a network, but it is not one.",
                    "Begin with a letter or digit; letters, digits, underscores, dots and hyphens may follow.");
        }
    }
}
