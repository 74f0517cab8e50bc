package dev.racker.images;

import dev.racker.harness.error.HarnessException;

/** A file of the catalogue says something that it may not say; the message names file, entry and property. */
public final class InvalidCatalogueException extends HarnessException {

    private static final long serialVersionUID = 1L;

    InvalidCatalogueException(String file, String entry, String property, String problem, Throwable cause) {
        super(
                "Tried to read the catalogue file " + file + ", but " + where(entry, property) + problem
                        + (problem.endsWith(".") ? "" : "."),
                "Correct the file; doc/images.rst describes the format.",
                cause);
    }

    private static String where(String entry, String property) {
        if (property.isEmpty()) {
            return entry.isEmpty() ? "" : "in \"" + entry + "\" ";
        }
        return (entry.isEmpty() ? "" : "in \"" + entry + "\" ") + "the property \"" + property + "\" ";
    }
}
