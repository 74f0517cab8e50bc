package dev.racker.images;

import dev.racker.harness.error.HarnessException;
import java.util.List;

/** No release of the catalogue is called so; the hint names what may have been meant. */
public final class UnknownLabelException extends HarnessException {

    private static final long serialVersionUID = 1L;

    UnknownLabelException(String message, String hint) {
        super(message, hint);
    }

    UnknownLabelException(String glob, List<String> near) {
        this(
                "Tried to find the image \"" + glob + "\", but the catalogue has no such label.",
                (near.isEmpty() ? "" : "Did you mean " + String.join(" or ", near) + "? ")
                        + "See `postroj list-images`.");
    }
}
