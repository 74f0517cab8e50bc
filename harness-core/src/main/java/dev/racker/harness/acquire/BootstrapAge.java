package dev.racker.harness.acquire;

import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.store.StoredImage;
import java.time.Duration;
import java.time.Instant;

/**
 * When an image that was made from packages because its registry could not be reached is made again: after a day.
 *
 * <p>Nothing says whether a package mirror has news but making the image again, and who pulls twice in a row behind the
 * same firewall does not want to wait twice. {@code --source bootstrap} always makes it again.
 */
final class BootstrapAge {

    private static final Duration RECENT = Duration.ofDays(1);

    private BootstrapAge() {}

    static boolean isRecent(Known known) {
        StoredImage image = known.image();
        return image != null
                && image.source().equals("bootstrap")
                && known.is(image.digest(), image.platform())
                && image.pulled().plus(RECENT).isAfter(Instant.now());
    }

    static String kept(RegistryReference reference, RegistryException failure, Known known) {
        return "The registry " + reference.host() + " cannot be reached (" + failure.reason()
                + "); keeping the image made from packages on "
                + known.image().pulled().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                + " (--source bootstrap makes it again).";
    }
}
