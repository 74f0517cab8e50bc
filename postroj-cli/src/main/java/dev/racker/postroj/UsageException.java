package dev.racker.postroj;

import dev.racker.harness.error.HarnessException;

/** The program was called wrongly, in a way that the parser of the command line does not see. */
final class UsageException extends HarnessException {

    private static final long serialVersionUID = 1L;

    UsageException(String message, String hint) {
        super(message, hint);
    }
}
