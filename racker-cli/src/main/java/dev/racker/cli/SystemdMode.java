package dev.racker.cli;

import dev.racker.harness.BootDecision;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.StoredImage;

/** Whether {@code racker run} boots an image. */
enum SystemdMode {
    /** When it is an operating system: it has an init, or can be given one and is not made to run an entry point. */
    AUTO,
    /** In any case; it fails when the image cannot be booted. */
    ALWAYS,
    /** Never: the command is the only process. */
    FALSE;

    /** Reads {@code auto}, {@code always} or {@code false}, and {@code true}, podman's word for auto. */
    static SystemdMode parse(String text) {
        return switch (text) {
            case "auto", "true" -> AUTO;
            case "always" -> ALWAYS;
            case "false" -> FALSE;
            default ->
                throw new HarnessException(
                        "Tried to read --systemd \"" + text + "\", but there is no such mode.",
                        "Use auto, always or false.");
        };
    }

    BootDecision decide(StoredImage image) {
        return switch (this) {
            case AUTO -> BootDecision.of(image);
            case ALWAYS -> BootDecision.always();
            case FALSE -> BootDecision.never();
        };
    }
}
