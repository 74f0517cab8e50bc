package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;

/** There is no network of this name or id. */
public final class NoSuchNetworkException extends HarnessException {

    private static final long serialVersionUID = 1L;

    NoSuchNetworkException(String network) {
        super(
                "Tried to use network \"" + network + "\", but there is no such network.",
                "See `racker network ls`; make it with `racker network create " + network + "`.");
    }
}
