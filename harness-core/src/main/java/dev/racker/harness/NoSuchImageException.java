package dev.racker.harness;

import dev.racker.harness.error.HarnessException;

/** The store has no image of this name or id. */
public final class NoSuchImageException extends HarnessException {

    private static final long serialVersionUID = 1L;

    /** Tells what was looked for, as the user typed it. */
    public NoSuchImageException(String image) {
        this("find", image);
    }

    /** The same, when something was to be done with it: "remove". */
    public NoSuchImageException(String verb, String image) {
        super("Tried to " + verb + " image \"" + image + "\", but there is no such image.", "See `racker images`.");
    }
}
