package dev.racker.postroj.matrix;

import dev.racker.harness.image.ImageReference;
import dev.racker.harness.store.StoredImage;

/**
 * An image that rows are tried on.
 *
 * @param label what reports call it
 * @param reference by which it was asked for
 * @param image what is in the store, bootable; null when it could not be had
 * @param problem why it could not be had; empty when it could
 */
public record Candidate(String label, ImageReference reference, StoredImage image, String problem) {}
