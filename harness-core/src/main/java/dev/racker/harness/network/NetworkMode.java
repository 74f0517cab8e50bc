package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;

/** What a machine is connected to. */
public enum NetworkMode {
    /** A network of its own behind the host's bridge, with an address, a default route, NAT and DNS. */
    BRIDGE("bridge"),
    /** The host's own network. */
    HOST("host"),
    /** A network of its own that holds only a loopback interface. */
    NONE("none");

    private final String text;

    NetworkMode(String text) {
        this.text = text;
    }

    /** Reads what {@link #toString()} writes; throws a {@link HarnessException} that quotes anything else. */
    public static NetworkMode parse(String text) {
        for (NetworkMode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        throw new HarnessException(
                "Tried to choose a network, but there is none called \"" + text + "\".", "Use bridge, host or none.");
    }

    /** The mode as a user types it. */
    @Override
    public String toString() {
        return text;
    }
}
