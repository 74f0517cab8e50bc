package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;

/** A container of the same name exists. */
public final class NameInUseException extends HarnessException {

    private static final long serialVersionUID = 1L;

    NameInUseException(String name, String id) {
        super(
                "Tried to name a container \"" + name + "\", but container " + id + " has that name.",
                "Choose another name, or remove that container with `racker rm " + name + "`.");
    }
}
