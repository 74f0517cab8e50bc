package dev.racker.harness.acquire;

import dev.racker.harness.store.StoredImage;

/**
 * What a pull has led to.
 *
 * @param image the image as it is in the store now
 * @param outcome whether it is another one than before
 */
public record PullResult(StoredImage image, Outcome outcome) {

    /** Whether a pull brought something. */
    public enum Outcome {
        /** The image was not there before, or is another one now. */
        DOWNLOADED,
        /** What was there is what the source offers. */
        UP_TO_DATE
    }

    /** Says whether the image is another one than before the pull. */
    public boolean isNew() {
        return outcome == Outcome.DOWNLOADED;
    }
}
