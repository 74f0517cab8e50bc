package dev.racker.harness;

import dev.racker.harness.error.HarnessException;

/** There is no container of that name or id. */
public final class NoSuchContainerException extends HarnessException {

    private static final long serialVersionUID = 1L;

    /** Tells what was looked for, as the user typed it. */
    public NoSuchContainerException(String nameOrId) {
        super("No such container: " + nameOrId, "See `racker ps --all`.", null);
    }
}
