package dev.racker.harness.acquire;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.json.Json;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.ArchiveWriter;
import dev.racker.harness.store.Decompression;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.OciLayout.Descriptor;
import dev.racker.harness.store.OciManifests;
import dev.racker.harness.store.Store;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes images of the store into files, so that docker, podman, skopeo and racker can read them. */
public final class ImageSaver {

    private final Store store;
    private final Skopeo skopeo;
    private final ImageLayouts layouts;
    private final DigestProgram digests;
    private final Decompression decompression;

    /** Creates a saver that runs tar, skopeo and the programs that decompress with {@code runner}. */
    public ImageSaver(Store store, CommandRunner runner) {
        this.store = store;
        this.skopeo = new Skopeo(runner);
        this.layouts = new ImageLayouts(store, runner);
        this.digests = new DigestProgram(runner);
        this.decompression = new Decompression(runner);
    }

    /** An image on its way out. */
    private record Item(LocatedImage located, List<RegistryReference> tags) {}

    /** Writes images as one archive into a stream, which is not closed; nothing else may change the images meanwhile. */
    public void save(List<SaveRequest> images, SaveFormat format, OutputStream out, Progress progress) {
        work(images, progress, (items, work) -> {
            ArchiveWriter archive = new ArchiveWriter(out);
            SaveSink sink = SaveSink.archive(archive);
            if (format == SaveFormat.OCI_ARCHIVE) {
                writeLayout(items, sink);
            } else {
                writeDockers(items, sink, work);
            }
            archive.end();
        });
    }

    /**
     * Writes images into a directory that is not there yet, or is empty.
     *
     * @throws HarnessException when it is not empty, or when there are several images and the form holds but one
     */
    public void save(List<SaveRequest> images, SaveFormat format, Path directory, Progress progress) {
        work(images, progress, (items, work) -> {
            if (format == SaveFormat.OCI_DIR) {
                writeLayout(items, SaveSink.directory(directory));
            } else {
                LocatedImage image = items.get(0).located();
                skopeo.send(image.source(), "dir:" + directory, SendOptions.dockers(), work);
            }
        });
    }

    /** What is done with images while their blobs cannot go, and with a directory for it. */
    @FunctionalInterface
    private interface Work {
        void on(List<Item> items, Path directory) throws IOException;
    }

    @SuppressWarnings("try") // the pin is held, not used
    private void work(List<SaveRequest> images, Progress progress, Work task) {
        store.garbage().sweepTemporary();
        try (WorkDirectory work = WorkDirectory.create(store);
                Lock pin = store.garbage().pin()) {
            List<Item> items = new ArrayList<>();
            for (SaveRequest request : images) {
                items.add(new Item(layouts.locate(request.image(), work.path(), progress), request.tags()));
            }
            task.on(items, work.path());
        } catch (IOException e) {
            throw new SourceException(
                    "Tried to save " + images.get(0).image().name() + ", but: " + e.getMessage() + ".",
                    "Check the free space there and in "
                            + store.paths().directories().state() + ".",
                    e);
        }
    }

    private static void writeLayout(List<Item> items, SaveSink sink) throws IOException {
        Set<Digest> written = new HashSet<>();
        List<Descriptor> manifests = new ArrayList<>();
        List<List<String>> names = new ArrayList<>();
        for (Item item : items) {
            OciLayout layout = item.located().layout();
            OciLayout.Manifest manifest =
                    layout.manifest(item.located().manifest().digest());
            List<Digest> blobs =
                    new ArrayList<>(List.of(manifest.digest(), manifest.config().digest()));
            manifest.layers().forEach(layer -> blobs.add(layer.digest()));
            for (Digest blob : blobs) {
                if (written.add(blob)) {
                    sink.file("blobs/" + blob.algorithm() + "/" + blob.hex(), layout.blob(blob));
                }
            }
            manifests.add(item.located().manifest());
            names.add(item.tags().stream().map(RegistryReference::toString).toList());
        }
        sink.file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        sink.file("index.json", OciManifests.index(manifests, names));
    }

    /** The form of docker 1.10 and newer: a list of images that names configurations and uncompressed layers. */
    private void writeDockers(List<Item> items, SaveSink sink, Path work) throws IOException {
        Set<String> written = new HashSet<>();
        ArrayNode list = Json.mapper().createArrayNode();
        for (Item item : items) {
            OciLayout layout = item.located().layout();
            OciLayout.Manifest manifest =
                    layout.manifest(item.located().manifest().digest());
            List<Digest> diffIds = layout.config(manifest.config().digest()).diffIds();
            ObjectNode entry = list.addObject();
            String config = manifest.config().digest().hex() + ".json";
            entry.put("Config", config);
            ArrayNode tags = entry.putArray("RepoTags");
            item.tags().forEach(tag -> tags.add(tag.toString())); // podman takes a short one for its own
            ArrayNode layers = entry.putArray("Layers");
            for (int i = 0; i < manifest.layers().size(); i++) {
                String name = diffIds.get(i).hex() + ".tar";
                layers.add(name);
                if (written.add(name)) {
                    writeLayer(layout, manifest.layers().get(i), diffIds.get(i), name, sink, work);
                }
            }
            if (written.add(config)) {
                sink.file(config, layout.document(manifest.config().digest()));
            }
        }
        sink.file("manifest.json", Json.mapper().writeValueAsBytes(list));
    }

    /** A member's size stands before it, so a layer is decompressed into a file first. */
    private void writeLayer(OciLayout layout, Descriptor blob, Digest diffId, String name, SaveSink sink, Path work)
            throws IOException {
        if (blob.digest().equals(diffId)) {
            sink.file(name, layout.blob(diffId));
            return;
        }
        Path plain = work.resolve("layer.tar");
        try (DigestStream in = digests.over(decompression.open(new BufferedInputStream(layout.open(blob))))) {
            Files.copy(in, plain);
            Digest found = in.finish();
            if (!found.equals(diffId)) {
                throw new SourceException(
                        "Tried to save the layer " + blob.digest() + ", but it unpacks to " + found
                                + " where the image's configuration says " + diffId + ".",
                        "Pull the image again.");
            }
            sink.file(name, plain);
        } finally {
            Files.deleteIfExists(plain);
        }
    }
}
