package dev.racker.harness.probe;

import dev.racker.harness.error.HarnessException;

/** A text that should say what to check does not; the message quotes it, the hint says what it could be. */
public final class InvalidProbeException extends HarnessException {

    private static final long serialVersionUID = 1L;

    /** Creates a failure with its message and a remedy. */
    public InvalidProbeException(String message, String hint) {
        super(message, hint);
    }

    static InvalidProbeException of(String what, String text, String problem, String hint) {
        return new InvalidProbeException("Tried to read " + what + " \"" + text + "\", but " + problem + ".", hint);
    }
}
