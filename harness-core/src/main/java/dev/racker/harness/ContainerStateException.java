package dev.racker.harness;

import dev.racker.harness.error.HarnessException;

/** A container is not in the state that a command needs: it does not run, or it is frozen, or it is not. */
public final class ContainerStateException extends HarnessException {

    private static final long serialVersionUID = 1L;

    ContainerStateException(String message, String hint) {
        super(message, hint);
    }
}
