package dev.racker.harness.store;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Removes what no image, no container and no live process refers to. */
public final class GarbageCollector {

    private final LayerStore layers;
    private final Supplier<Set<LayerId>> inUse;

    /** stub. */
    public GarbageCollector(
            StorePaths paths,
            ImageStore images,
            LayerStore layers,
            OciLayout oci,
            Locks locks,
            Supplier<Set<LayerId>> layersOfContainers) {
        this.layers = layers;
        this.inUse = layersOfContainers;
    }

    /**
     * What a collection removed.
     *
     * @param layers the layers that are gone
     * @param blobs how many blobs of the OCI layout are gone
     * @param bytes what those blobs took
     * @param deferred true when somebody was at work, so that layers and blobs were left to a later collection
     */
    public record Collected(List<LayerId> layers, int blobs, long bytes, boolean deferred) {}

    /**
     * Keeps every layer and blob from being collected until the lock is closed.
     *
     * <p>Held from before an image's record is read until the container that uses it is recorded, and from before a
     * pull's first byte until its image is recorded.
     */
    public Lock pin() {
        throw new UnsupportedOperationException();
    }

    /** Removes unfinished trees and files whose maker has died; cheap when there are none. */
    public void sweepTemporary() {
        throw new UnsupportedOperationException(layers + " " + inUse);
    }

    /** Removes all that nothing refers to; does not wait for a pull, but leaves the work to a later collection. */
    public Collected collect() {
        throw new UnsupportedOperationException();
    }
}
