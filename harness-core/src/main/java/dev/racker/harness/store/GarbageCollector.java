package dev.racker.harness.store;

import dev.racker.harness.image.Digest;
import dev.racker.harness.store.OciLayout.Descriptor;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Removes what no image, no container and no live process refers to.
 *
 * <p>Who is about to refer to something holds {@link #pin()} until the reference is on disk. A collection takes the
 * same lock for itself, and does nothing when it cannot have it: what it leaves waits for the next collection.
 */
public final class GarbageCollector {

    private final StorePaths paths;
    private final ImageStore images;
    private final LayerStore layers;
    private final OciLayout oci;
    private final Locks locks;
    private final Supplier<Set<LayerId>> layersOfContainers;

    /** Collects in one store; {@code layersOfContainers} gives the layers of all containers, of any variant. */
    public GarbageCollector(
            StorePaths paths,
            ImageStore images,
            LayerStore layers,
            OciLayout oci,
            Locks locks,
            Supplier<Set<LayerId>> layersOfContainers) {
        this.paths = paths;
        this.images = images;
        this.layers = layers;
        this.oci = oci;
        this.locks = locks;
        this.layersOfContainers = layersOfContainers;
    }

    /**
     * What a collection removed.
     *
     * @param layers the layers that are gone
     * @param blobs how many blobs of the OCI layout are gone
     * @param bytes what those blobs took
     * @param deferred true when nothing was looked at, because somebody was at work or an image's record is damaged
     */
    public record Collected(List<LayerId> layers, int blobs, long bytes, boolean deferred) {

        static final Collected DEFERRED = new Collected(List.of(), 0, 0, true);

        /** Takes a copy. */
        public Collected {
            layers = List.copyOf(layers);
        }
    }

    /**
     * Keeps every layer and blob from being collected until the lock is closed; many may hold it at once.
     *
     * <p>Held from before an image's record is read until the container that uses it is recorded, and from before a
     * pull's first byte until its image is recorded.
     */
    public Lock pin() {
        return locks.shared("store", "content");
    }

    /** Removes unfinished trees and files whose maker has died; cheap when there are none. */
    public void sweepTemporary() {
        locks.sweep();
        layers.sweep();
        sweepRecords();
        if (oci.hasTemporary()) {
            try (Lock lock = locks.tryExclusive("store", "content").orElse(null)) {
                if (lock != null) {
                    oci.removeTemporary();
                }
            }
        }
    }

    /** Removes all that nothing refers to; does not wait for a pull, but leaves the work to a later collection. */
    public Collected collect() {
        sweepTemporary();
        Map<Path, Lock> detached = new LinkedHashMap<>();
        try {
            Collected collected = collect(detached);
            detached.keySet().forEach(layers::remove);
            return collected;
        } finally {
            detached.values().forEach(Lock::close);
        }
    }

    /** Trees are only taken out of their place under the common lock, so that nobody waits for their removal. */
    private Collected collect(Map<Path, Lock> detached) {
        try (Lock lock = locks.tryExclusive("store", "content").orElse(null)) {
            ImageStore.Listing listing = images.list();
            if (lock == null || !listing.damaged().isEmpty()) {
                return Collected.DEFERRED;
            }
            List<LayerId> gone = collectLayers(listing.images(), detached);
            oci.removeTemporary();
            return collectBlobs(listing.images(), gone);
        }
    }

    private List<LayerId> collectLayers(List<StoredImage> stored, Map<Path, Lock> detached) {
        Set<LayerId> used = new HashSet<>();
        for (LayerId id : layersOfContainers.get()) {
            used.add(id.shifted());
        }
        for (StoredImage image : stored) {
            used.addAll(image.stack(IdMapping.SHIFTED));
        }
        List<LayerId> gone = new ArrayList<>();
        for (LayerId id : layers.list()) {
            Lock lock = used.contains(id.shifted()) ? null : layers.tryLock(id).orElse(null);
            if (lock != null) {
                Path tree = null;
                try {
                    tree = layers.detach(id).orElse(null);
                } finally {
                    if (tree == null) {
                        lock.close();
                    }
                }
                if (tree != null) {
                    detached.put(tree, lock);
                    gone.add(id);
                }
            }
        }
        return gone;
    }

    private Collected collectBlobs(List<StoredImage> stored, List<LayerId> gone) {
        Set<String> names = new HashSet<>();
        Set<Descriptor> roots = new HashSet<>();
        Set<Digest> digests = new HashSet<>();
        for (StoredImage image : stored) {
            names.add(OciLayout.refName(image.name()));
            digests.add(image.digest());
            roots.add(Descriptor.of(image.digest()));
        }
        for (Descriptor entry : oci.index()) {
            if (names.contains(entry.refName()) || digests.contains(entry.digest())) {
                roots.add(entry);
            }
        }
        oci.retainEntries(roots);
        Set<Digest> present = oci.listBlobs();
        Set<Digest> kept = present.isEmpty() ? Set.of() : oci.referenced(roots);
        int blobs = 0;
        long bytes = 0;
        for (Digest digest : present) {
            if (!kept.contains(digest)) {
                bytes += size(oci.blob(digest));
                blobs += oci.removeBlob(digest) ? 1 : 0;
            }
        }
        return new Collected(gone, blobs, bytes, false);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw StoreFailures.of("look at " + file, e);
        }
    }

    /** A live writer whose temporary file is removed here writes it again. */
    private void sweepRecords() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(paths.imagesDirectory())) {
            for (Path file : files) {
                if (file.getFileName().toString().startsWith(StorePaths.TEMPORARY_PREFIX)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw StoreFailures.of("remove unfinished records from " + paths.imagesDirectory(), e);
        }
    }
}
