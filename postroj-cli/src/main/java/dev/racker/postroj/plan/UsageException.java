package dev.racker.postroj.plan;

import dev.racker.harness.error.HarnessException;

/** The program was called wrongly, in a way that the parser of the command line does not see. */
public final class UsageException extends HarnessException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong and what to do. */
    public UsageException(String message, String hint) {
        super(message, hint);
    }

    /** Says what is wrong and what to do, and keeps what has told it. */
    public UsageException(String message, String hint, Throwable cause) {
        super(message, hint, cause);
    }
}
