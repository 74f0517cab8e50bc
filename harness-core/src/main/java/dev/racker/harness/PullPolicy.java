package dev.racker.harness;

import dev.racker.harness.error.HarnessException;

/** When an image is pulled before it is used. */
public enum PullPolicy {
    /** When it is not in the store. */
    MISSING,
    /** Each time. */
    ALWAYS,
    /** Never. */
    NEVER;

    /**
     * Reads {@code missing}, {@code always} or {@code never}.
     *
     * @throws HarnessException when it is something else
     */
    public static PullPolicy parse(String text) {
        return switch (text) {
            case "missing" -> MISSING;
            case "always" -> ALWAYS;
            case "never" -> NEVER;
            default ->
                throw new HarnessException(
                        "Tried to read the pull policy \"" + text + "\", but there is none of that name.",
                        "Use missing, always or never.");
        };
    }
}
