package dev.racker.harness.acquire;

import dev.racker.harness.acquire.OciManifest.Entry;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.Platform;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Brings an image that skopeo can read into the store: blobs first, then layers. */
final class OciImporter {

    private final OciLayout oci;
    private final BlobCopy blobs;
    private final LayerUnpacker unpacker;

    OciImporter(OciLayout oci, BlobCopy blobs, LayerUnpacker unpacker) {
        this.oci = oci;
        this.blobs = blobs;
        this.unpacker = unpacker;
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
        } catch (DamagedBlobException e) {
            oci.removeBlob(e.digest());
            progress.note("The stored blob " + e.digest() + " was damaged; fetching it again.");
            return bringOnce(job, work.resolve("second"), failure, progress);
        }
    }

    private Imported bringOnce(
            BlobCopy.Job job, Path layout, Function<String, RuntimeException> failure, Progress progress)
            throws IOException {
        Files.createDirectories(oci.directory().resolve("blobs"));
        Skopeo.CopyTarget target = new Skopeo.CopyTarget(layout, oci.directory().resolve("blobs"));
        CommandResult result = blobs.copy(job, target, progress);
        if (result.status() != 0) {
            throw failure.apply(result.errorText());
        }
        OciLayout.Descriptor descriptor = descriptor(job.label(), layout);
        requireIntact(descriptor.digest());
        OciLayout.Manifest manifest = oci.manifest(descriptor.digest());
        requireIntact(manifest.config().digest());
        OciLayout.Config config = oci.config(manifest.config().digest());
        requirePlatform(job, config.platform());
        return new Imported(descriptor, config, unpacker.unpack(manifest, config, job.label(), progress));
    }

    private static OciLayout.Descriptor descriptor(String label, Path layout) throws IOException {
        OciManifest index = OciManifest.parse(label, Files.readAllBytes(layout.resolve("index.json")));
        Entry entry = index.manifests().get(0);
        return new OciLayout.Descriptor(entry.mediaType(), entry.digest(), entry.size(), entry.platform(), null);
    }

    private void requireIntact(Digest digest) throws IOException {
        Path file = oci.blob(digest);
        if (digest.algorithm().equals("sha256") && !Sha256.of(file).equals(digest)) {
            throw new DamagedBlobException(digest, null);
        }
    }

    private static void requirePlatform(BlobCopy.Job job, Platform found) {
        if (found != null && !job.platform().accepts(found)) {
            throw RegistryFailures.platformMissing(job.label(), job.platform().toString(), found.toString());
        }
    }
}
