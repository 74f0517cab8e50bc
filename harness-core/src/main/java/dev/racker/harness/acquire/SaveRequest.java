package dev.racker.harness.acquire;

import dev.racker.harness.store.StoredImage;
import java.util.List;

/**
 * An image to be saved.
 *
 * @param tags the names it is saved under, {@code name:tag} each; may be empty
 */
public record SaveRequest(StoredImage image, List<String> tags) {

    /** Takes a copy. */
    public SaveRequest {
        tags = List.copyOf(tags);
    }
}
