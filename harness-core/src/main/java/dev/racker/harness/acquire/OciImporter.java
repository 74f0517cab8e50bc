package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.Platform;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.RunningCommand;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.DigestMismatchException;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.LayerStore;
import dev.racker.harness.store.Locks;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.OciManifests;
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
     * Begins to copy, and to unpack what arrives.
     *
     * @param work a directory on the store's file system that is the caller's
     */
    HeadStart begin(BlobCopy.Job job, Path work) throws IOException {
        return begin(job, work, "first");
    }

    private HeadStart begin(BlobCopy.Job job, Path work, String name) throws IOException {
        oci.create();
        Skopeo.CopyTarget target = new Skopeo.CopyTarget(work.resolve(name), oci.blobs());
        EarlyLayers early = EarlyLayers.watch(target.layout(), work.resolve(name + "-layers"), files, layers);
        try {
            return new HeadStart(job.source(), target, blobs.start(job, target), early);
        } catch (RuntimeException | Error e) {
            try (early) {
                throw e;
            }
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
        try (HeadStart start = begin(job, work)) {
            return bring(job, start, null, work, failure, progress);
        }
    }

    /**
     * Copies and unpacks what was begun already. When that turns out to be something else than what is wanted, such as
     * a tag that has moved, or does not come to its end, the rest is done as if nothing had been begun.
     *
     * @param wanted the digest of the manifest; null when it is not known before
     */
    Imported bring(
            BlobCopy.Job job,
            HeadStart start,
            Digest wanted,
            Path work,
            Function<String, RuntimeException> failure,
            Progress progress)
            throws IOException {
        try {
            return bringOnce(job, start, wanted, failure, progress);
        } catch (DigestMismatchException e) {
            oci.removeBlob(e.digest());
            progress.note("The stored blob " + e.digest() + " was damaged; fetching it again.");
            try (HeadStart again = begin(job, work, "second")) {
                return bringOnce(job, again, null, failure, progress);
            }
        }
    }

    private Imported bringOnce(
            BlobCopy.Job job,
            HeadStart start,
            Digest wanted,
            Function<String, RuntimeException> failure,
            Progress progress)
            throws IOException {
        Skopeo.CopyTarget target = start.target();
        CommandResult result = blobs.await(start.copy(), job, target, progress);
        start.early().finish();
        if (!job.source().equals(start.source())
                && (result.status() != 0 || !manifest(target).digest().equals(wanted))) {
            target = new Skopeo.CopyTarget(target.layout().resolveSibling("exact"), oci.blobs());
            try (RunningCommand exact = blobs.start(job, target)) {
                // When all blobs are here already, it is over before anybody could see it.
                result = blobs.await(exact, job, target, result.status() == 0 ? Progress.none() : progress);
            }
        }
        if (result.status() != 0) {
            throw failure.apply(result.errorText());
        }
        OciLayout.Descriptor descriptor = manifest(target);
        OciLayout.Manifest manifest = oci.manifest(descriptor.digest());
        OciLayout.Config config = oci.config(manifest.config().digest());
        requirePlatform(job, config.platform());
        return new Imported(
                descriptor, config, unpacker.unpack(manifest, config, job.label(), start.early(), progress));
    }

    /**
     * Gives an image the configuration that its source has: skopeo writes that of docker's forms anew for OCI, without
     * what OCI does not know, such as HEALTHCHECK.
     */
    Imported withConfig(Imported imported, byte[] original) {
        OciLayout.Descriptor config = oci.put(OciManifests.CONFIG, original);
        OciLayout.Config read = oci.config(config.digest());
        if (!read.diffIds().equals(imported.config().diffIds())) {
            return imported; // not the configuration of these layers
        }
        byte[] manifest =
                OciManifests.withConfig(oci.document(imported.manifest().digest()), config);
        return new Imported(oci.put(OciManifests.MANIFEST, manifest), read, imported.layers());
    }

    /** Unpacks an image whose blobs are in the store's layout already. */
    Imported unpack(OciLayout.Descriptor descriptor, String label, Progress progress) throws IOException {
        OciLayout.Manifest manifest = oci.manifest(descriptor.digest());
        OciLayout.Config config = oci.config(manifest.config().digest());
        try (EarlyLayers none = EarlyLayers.none(files, layers)) {
            return new Imported(descriptor, config, unpacker.unpack(manifest, config, label, none, progress));
        }
    }

    private OciLayout.Descriptor manifest(Skopeo.CopyTarget target) {
        return new OciLayout(target.layout(), locks).index().get(0);
    }

    private static void requirePlatform(BlobCopy.Job job, Platform found) {
        if (found != null && !job.platform().accepts(found)) {
            throw RegistryFailures.platformMissing(job.label(), job.platform().toString(), found.toString());
        }
    }
}
