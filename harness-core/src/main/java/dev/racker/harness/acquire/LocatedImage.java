package dev.racker.harness.acquire;

import dev.racker.harness.store.OciLayout;

/**
 * An image of the store as OCI has it.
 *
 * @param layout where its blobs are
 * @param refName its name in the layout's index
 */
record LocatedImage(OciLayout layout, String refName, OciLayout.Descriptor manifest) {

    /** The reference for skopeo. */
    String source() {
        return "oci:" + layout.directory().toAbsolutePath() + ":" + refName;
    }
}
