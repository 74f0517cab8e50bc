package dev.racker.cli;

import dev.racker.harness.acquire.PullRequest;
import dev.racker.harness.acquire.SourceChoice;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.Platform;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Value;

/** The options that say where an image comes from and how its registry is talked to. */
final class ImageOptions extends Options {

    private final Value<String> platform = text("--platform", "OS/ARCH[/VARIANT]", "Take the image for this platform.");

    private final Value<String> source = text(
            "--source",
            "auto|registry|bootstrap",
            "Take the image from its registry only, or make it from the distribution's packages (default: "
                    + "auto, packages only when the registry cannot be reached).");

    private final RegistryFlags registry = include(new RegistryFlags());

    /** Throws what is wrong with the values, before anything is done with them. */
    void check() {
        platform();
        registry.options();
        source();
    }

    /** Whether a platform was asked for, which may not be this host's. */
    boolean namesPlatform() {
        return platform.given() != null;
    }

    PullRequest request(ImageReference reference) {
        return new PullRequest(reference, platform(), registry.options(), source());
    }

    private Platform platform() {
        return platform.given() == null ? Platform.host() : Platform.parse(platform.given());
    }

    private SourceChoice source() {
        return source.given() == null ? SourceChoice.AUTO : SourceChoice.parse(source.given());
    }
}
