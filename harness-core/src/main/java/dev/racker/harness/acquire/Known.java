package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.Platform;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.LayerStore;
import dev.racker.harness.store.StoredImage;

/**
 * What the store has under the name that is pulled.
 *
 * @param image null when there is none
 */
record Known(StoredImage image, LayerStore layers) {

    /** Says whether the image there is this one, whole. */
    boolean is(Digest digest, Platform platform) {
        if (image == null || !image.digest().equals(digest) || !platform.accepts(image.platform())) {
            return false;
        }
        for (LayerId layer : image.layers()) {
            if (!layers.contains(layer)) {
                return false;
            }
        }
        return true;
    }
}
