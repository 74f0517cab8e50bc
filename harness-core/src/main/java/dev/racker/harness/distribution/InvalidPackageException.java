package dev.racker.harness.distribution;

import dev.racker.harness.error.HarnessException;

/** What was named is no package: a name that cannot be one, a damaged file, or a file for other machines. */
public final class InvalidPackageException extends HarnessException {

    private static final long serialVersionUID = 1L;

    /** Creates a failure with its message, a remedy (may be null) and a cause (may be null). */
    public InvalidPackageException(String message, String hint, Throwable cause) {
        super(message, hint, cause);
    }

    InvalidPackageException(String message, String hint) {
        this(message, hint, null);
    }
}
