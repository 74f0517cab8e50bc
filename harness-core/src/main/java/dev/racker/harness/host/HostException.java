package dev.racker.harness.host;

import dev.racker.harness.error.HarnessException;

/** A setting that does not fit this host, or a fact about this host that could not be found. */
public final class HostException extends HarnessException {

    private static final long serialVersionUID = 1L;

    HostException(String message, String hint, Throwable cause) {
        super(message, hint, cause);
    }
}
