package dev.racker.harness.acquire;

import dev.racker.harness.image.Platform;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.DigestMismatchException;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.LayerStore;
import dev.racker.harness.store.Locks;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Brings an image that skopeo can read into the store: blobs first, then layers. */
final class OciImporter {

    private final OciLayout oci;
    private final Locks locks;
    private final BlobCopy blobs;
    private final LayerUnpacker unpacker;
    private final LayerFiles files;
    private final LayerStore layers;

    OciImporter(Store store, BlobCopy blobs, LayerUnpacker unpacker, LayerFiles files) {
        this.oci = store.oci();
        this.locks = store.locks();
        this.layers = store.layers();
        this.blobs = blobs;
        this.unpacker = unpacker;
        this.files = files;
    }

    /**
     * An image whose blobs and layers are in the store.
     *
     * @param manifest as it is in the OCI layout; not always the registry's, since docker's formats are converted
     */
    record Imported(OciLayout.Descriptor manifest, OciLayout.Config config, List<LayerId> layers) {

        /** What the image says it runs on; what was asked for when it says nothing. */
        Platform platform(Platform wanted) {
            return config.platform() == null ? wanted : config.platform();
        }
    }

    /**
     * Copies and unpacks. A blob that was in the store and turns out to be damaged is fetched once more.
     *
     * @param work a directory on the store's file system that is the caller's
     * @param failure makes the exception of what skopeo wrote when it failed
     */
    Imported bring(BlobCopy.Job job, Path work, Function<String, RuntimeException> failure, Progress progress)
            throws IOException {
        try {
            return bringOnce(job, work.resolve("first"), failure, progress);
        } catch (DigestMismatchException e) {
            oci.removeBlob(e.digest());
            progress.note("The stored blob " + e.digest() + " was damaged; fetching it again.");
            return bringOnce(job, work.resolve("second"), failure, progress);
        }
    }

    private Imported bringOnce(
            BlobCopy.Job job, Path layout, Function<String, RuntimeException> failure, Progress progress)
            throws IOException {
        oci.create();
        Path trees = layout.resolveSibling(layout.getFileName() + "-layers");
        try (EarlyLayers early = EarlyLayers.watch(layout, trees, files, layers)) {
            return bringOnce(job, layout, failure, early, progress);
        }
    }

    private Imported bringOnce(
            BlobCopy.Job job,
            Path layout,
            Function<String, RuntimeException> failure,
            EarlyLayers early,
            Progress progress)
            throws IOException {
        CommandResult result = blobs.copy(job, new Skopeo.CopyTarget(layout, oci.blobs()), progress);
        if (result.status() != 0) {
            throw failure.apply(result.errorText());
        }
        early.finish();
        OciLayout.Descriptor descriptor = new OciLayout(layout, locks).index().get(0);
        OciLayout.Manifest manifest = oci.manifest(descriptor.digest());
        OciLayout.Config config = oci.config(manifest.config().digest());
        requirePlatform(job, config.platform());
        return new Imported(descriptor, config, unpacker.unpack(manifest, config, job.label(), early, progress));
    }

    private static void requirePlatform(BlobCopy.Job job, Platform found) {
        if (found != null && !job.platform().accepts(found)) {
            throw RegistryFailures.platformMissing(job.label(), job.platform().toString(), found.toString());
        }
    }
}
