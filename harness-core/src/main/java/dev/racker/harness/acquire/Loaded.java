package dev.racker.harness.acquire;

import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.store.StoredImage;
import java.util.List;

/**
 * An image that was loaded or imported.
 *
 * @param image as it is in the store now, under one of its names
 * @param names all that it got; empty when it has none and is called by its digest
 */
public record Loaded(StoredImage image, List<RegistryReference> names) {

    /** Takes a copy. */
    public Loaded {
        names = List.copyOf(names);
    }
}
