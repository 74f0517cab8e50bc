package dev.racker.cli;

import dev.racker.harness.acquire.PullRequest;
import dev.racker.harness.acquire.SourceChoice;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.Platform;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where an image comes from and how its registry is talked to. */
final class ImageOptions {

    @Option(names = "--platform", paramLabel = "OS/ARCH[/VARIANT]", description = "Take the image for this platform.")
    private String platform;

    @Option(
            names = "--source",
            paramLabel = "auto|registry|bootstrap",
            description =
                    "Take the image from its registry only, or make it from the distribution's packages (default: "
                            + "auto, packages only when the registry cannot be reached).")
    private String source;

    @Mixin
    private RegistryFlags registry = new RegistryFlags();

    PullRequest request(ImageReference reference) {
        return new PullRequest(
                reference,
                platform == null ? Platform.host() : Platform.parse(platform),
                registry.options(),
                source == null ? SourceChoice.AUTO : SourceChoice.parse(source));
    }
}
