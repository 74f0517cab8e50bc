package dev.racker.harness.acquire;

/** Where an image may come from when there is a choice. */
public enum SourceChoice {
    /** From its registry, and only when that cannot be reached, from the distribution's package mirror. */
    AUTO,
    /** From its registry and nowhere else. */
    REGISTRY,
    /** From the distribution's package mirror and nowhere else. */
    BOOTSTRAP
}
