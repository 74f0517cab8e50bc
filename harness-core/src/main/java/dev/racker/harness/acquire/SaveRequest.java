package dev.racker.harness.acquire;

import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.store.StoredImage;
import java.util.List;

/**
 * An image to be saved.
 *
 * @param tags the names it is saved under, may be none
 */
public record SaveRequest(StoredImage image, List<RegistryReference> tags) {

    /** Takes a copy. */
    public SaveRequest {
        tags = List.copyOf(tags);
    }
}
