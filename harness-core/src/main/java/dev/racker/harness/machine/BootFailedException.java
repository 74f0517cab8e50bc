package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;

/** A machine ended before it was ready, or was not ready at its deadline. */
public final class BootFailedException extends HarnessException {

    private static final long serialVersionUID = 1L;

    BootFailedException(String message, String hint) {
        super(message, hint);
    }
}
