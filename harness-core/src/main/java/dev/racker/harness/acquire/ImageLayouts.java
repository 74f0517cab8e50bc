package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.LayerArchive;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.OciLayout.Descriptor;
import dev.racker.harness.store.OciManifests;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the OCI form of images: in the store's layout for those that came with one, and otherwise made of their layers'
 * trees, the same bytes each time.
 */
final class ImageLayouts {

    private final Store store;
    private final LayerArchive archive;
    private final DigestProgram digests;

    ImageLayouts(Store store, CommandRunner runner) {
        this.store = store;
        this.archive = new LayerArchive(store.layers(), runner);
        this.digests = new DigestProgram(runner);
    }

    /**
     * Finds or makes the OCI form of an image; the caller holds a pin.
     *
     * @param work a directory on the store's file system that is the caller's
     */
    LocatedImage locate(StoredImage image, Path work, Progress progress) throws IOException {
        OciLayout oci = store.oci();
        String refName = OciLayout.refName(image.name());
        Optional<Descriptor> entry = oci.entry(refName);
        if (entry.isPresent() && Files.exists(oci.blob(entry.get().digest()))) {
            return new LocatedImage(oci, refName, entry.get());
        }
        return make(image, Files.createTempDirectory(work, "made-"), progress);
    }

    /** Says whether the store has the image's blobs. */
    boolean isKept(StoredImage image) {
        return store.oci().entry(OciLayout.refName(image.name())).isPresent();
    }

    private LocatedImage make(StoredImage image, Path directory, Progress progress) throws IOException {
        OciLayout layout = new OciLayout(directory, store.locks());
        layout.create();
        List<Descriptor> layers = new ArrayList<>();
        List<Digest> diffIds = new ArrayList<>();
        try (Progress.Task task = progress.begin("Packing " + image.name(), image.size())) {
            for (LayerId layer : image.layers()) {
                Path file = directory.resolve("layer.tar");
                try (OutputStream out = new ProgressOutput(Files.newOutputStream(file), task)) {
                    archive.write(layer, out);
                }
                Digest digest = digests.of(file);
                diffIds.add(digest);
                layers.add(layout.adopt(OciManifests.LAYER, file, digest));
            }
            task.finish();
        }
        byte[] config = new ConfigDocument(
                        ConfigDocument.tree(image.config()),
                        image.platform(),
                        image.created(),
                        diffIds,
                        "racker pull " + image.reference(),
                        null)
                .toBytes();
        Descriptor manifest = layout.put(
                OciManifests.MANIFEST, OciManifests.manifest(layout.put(OciManifests.CONFIG, config), layers));
        layout.putEntry("image", manifest);
        return new LocatedImage(layout, "image", manifest);
    }
}
