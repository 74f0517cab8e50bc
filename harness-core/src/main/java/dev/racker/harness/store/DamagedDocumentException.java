package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;

/** A document of an OCI layout is not what the image specification says it is. */
public final class DamagedDocumentException extends HarnessException {

    private static final long serialVersionUID = 1L;

    DamagedDocumentException(String message, String hint, Throwable cause) {
        super(message, hint, cause);
    }
}
