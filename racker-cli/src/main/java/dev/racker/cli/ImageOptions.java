package dev.racker.cli;

import dev.racker.harness.acquire.PullRequest;
import dev.racker.harness.acquire.RegistryOptions;
import dev.racker.harness.acquire.SourceChoice;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.Platform;
import java.nio.file.Path;
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

    @Option(
            names = "--tls-verify",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            description = "Check the certificate of the registry, or allow plain HTTP too (default: true).")
    private Boolean tlsVerify;

    @Option(names = "--creds", paramLabel = "USER:PASSWORD", description = "Log in to the registry for this call.")
    private String credentials;

    @Option(names = "--authfile", paramLabel = "FILE", description = "Read the log-ins of registries from this file.")
    private Path authFile;

    @Option(names = "--cert-dir", paramLabel = "DIR", description = "Trust the certificates (*.crt) in this directory.")
    private Path certificates;

    PullRequest request(ImageReference reference) {
        return new PullRequest(
                reference,
                platform == null ? Platform.host() : Platform.parse(platform),
                new RegistryOptions(tlsVerify, credentials, authFile, certificates),
                source == null ? SourceChoice.AUTO : SourceChoice.parse(source));
    }
}
