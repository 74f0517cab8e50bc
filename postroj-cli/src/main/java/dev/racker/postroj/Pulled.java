package dev.racker.postroj;

import dev.racker.harness.acquire.PullResult;
import dev.racker.harness.console.ByteSize;
import java.time.Duration;
import java.util.Locale;

/**
 * How one pull of several has ended.
 *
 * @param label of the image
 * @param result null when it failed
 * @param failure null when it worked
 * @param interrupted whether it failed because of a signal
 */
record Pulled(String label, PullResult result, RuntimeException failure, boolean interrupted, Duration duration) {

    String outcome() {
        if (failure != null) {
            return interrupted ? "interrupted" : "failed";
        }
        return result.isNew() ? "new" : "up to date";
    }

    String size() {
        return failure == null ? ByteSize.text(result.image().size()) : "-";
    }

    String seconds() {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
