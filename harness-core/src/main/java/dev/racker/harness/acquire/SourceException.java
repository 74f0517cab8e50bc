package dev.racker.harness.acquire;

import dev.racker.harness.error.HarnessException;

/** What should become an image cannot be used: it is missing, damaged, unreadable, or of another kind. */
public final class SourceException extends HarnessException {

    private static final long serialVersionUID = 1L;

    SourceException(String message, String hint, Throwable cause) {
        super(message, hint, cause);
    }

    SourceException(String message, String hint) {
        super(message, hint);
    }
}
