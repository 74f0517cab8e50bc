package dev.racker.harness.error;

import java.util.Optional;

/**
 * A failure of the harness, told in one sentence, with the remedy beside it.
 *
 * <p>The message says what was tried and what went wrong; the hint says what to do about it. Kinds of failure are
 * subclasses that live beside the code that throws them.
 */
public class HarnessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String hint;

    /** Creates a failure with its message, a remedy (may be null) and a cause (may be null). */
    public HarnessException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** Creates a failure with its message and a remedy (may be null). */
    public HarnessException(String message, String hint) {
        this(message, hint, null);
    }

    /** Says what to do about the failure; empty when nothing better than the message is known. */
    public final Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
