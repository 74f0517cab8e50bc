package dev.racker.harness.acquire;

import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.Platform;

/**
 * What to pull.
 *
 * @param reference the image
 * @param platform what it shall run on
 * @param registry how to talk to its registry
 * @param source where it may come from
 */
public record PullRequest(ImageReference reference, Platform platform, RegistryOptions registry, SourceChoice source) {

    /** Pulls an image for this machine with the defaults. */
    public static PullRequest of(ImageReference reference) {
        return new PullRequest(reference, Platform.host(), RegistryOptions.defaults(), SourceChoice.AUTO);
    }
}
