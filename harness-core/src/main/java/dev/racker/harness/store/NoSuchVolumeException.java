package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;

/** There is no volume of a name. */
public final class NoSuchVolumeException extends HarnessException {

    private static final long serialVersionUID = 1L;

    /** Tells the name that was asked for. */
    public NoSuchVolumeException(String name) {
        super("Tried to get volume \"" + name + "\", but: no such volume.", "See `racker volume ls`.");
    }
}
