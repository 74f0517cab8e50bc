package dev.racker.harness.process;

import dev.racker.harness.error.HarnessException;

/** The work was given up, as somebody asked for. */
public final class CancelledException extends HarnessException {

    private static final long serialVersionUID = 1L;

    CancelledException() {
        super("Given up, because that was asked for.", null);
    }
}
