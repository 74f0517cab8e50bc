package dev.racker.harness.host;

import dev.racker.harness.error.HarnessException;

/** This process may not do what running machines needs. */
public final class PrivilegeException extends HarnessException {

    private static final long serialVersionUID = 1L;

    PrivilegeException(String message, String hint) {
        super(message, hint);
    }
}
