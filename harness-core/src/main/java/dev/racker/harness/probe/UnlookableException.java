package dev.racker.harness.probe;

import dev.racker.harness.error.HarnessException;

/** Nobody could look: the machine has ended, or the tool that looks is missing or broken. */
final class UnlookableException extends HarnessException {

    private static final long serialVersionUID = 1L;

    UnlookableException(String sentence) {
        super(sentence, null);
    }
}
