package dev.racker.harness.acquire;

/** Where an image may come from when there is a choice. */
public enum SourceChoice {
    /** From its registry, and only when that cannot be reached, from the distribution's package mirror. */
    AUTO,
    /** From its registry and nowhere else. */
    REGISTRY,
    /** From the distribution's package mirror and nowhere else. */
    BOOTSTRAP;

    /**
     * Reads {@code auto}, {@code registry} or {@code bootstrap}.
     *
     * @throws SourceException when it is something else
     */
    public static SourceChoice parse(String text) {
        return switch (text) {
            case "auto" -> AUTO;
            case "registry" -> REGISTRY;
            case "bootstrap" -> BOOTSTRAP;
            default ->
                throw new SourceException(
                        "Tried to read the source \"" + text + "\", but there is none of that name.",
                        "Use auto, registry or bootstrap.",
                        null);
        };
    }
}
