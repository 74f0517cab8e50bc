package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.DigestMismatchException;
import dev.racker.harness.store.LayerBatch;
import dev.racker.harness.store.LayerDirectories;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.LayerStore;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.UnpackedLayer;
import dev.racker.harness.store.VerifyingInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Unpacks the layers of an image of the OCI layout, two at a time, and proves what each unpacks to.
 */
final class LayerUnpacker {

    private final OciLayout oci;
    private final LayerStore layers;
    private final LayerFiles files;
    private final CommandRunner runner;
    private final OpaqueMarks opaque;

    LayerUnpacker(OciLayout oci, LayerStore layers, LayerFiles files, CommandRunner runner, OpaqueMarks opaque) {
        this.oci = oci;
        this.layers = layers;
        this.files = files;
        this.runner = runner;
        this.opaque = opaque;
    }

    /** One layer in its image: the blob, the digest of the archive in it, and what was unpacked; null when it was there. */
    private record Layer(
            int height,
            LayerId id,
            OciLayout.Descriptor blob,
            Digest diffId,
            CompletableFuture<UnpackedLayer> unpacked) {}

    /**
     * Makes all layers of an image that are not there yet.
     *
     * @param early what was unpacked already
     * @return their ids, the lowest first
     * @throws DigestMismatchException when a blob on disk is not what it should be
     * @throws SourceException when the image contradicts itself
     */
    List<LayerId> unpack(
            OciLayout.Manifest manifest, OciLayout.Config config, String label, EarlyLayers early, Progress progress)
            throws IOException {
        List<Layer> stack = stack(manifest, config, label);
        long total = 0;
        for (Layer layer : stack) {
            total += layers.contains(layer.id()) ? 0 : Math.max(0, layer.blob().size());
        }
        List<LayerId> ids = stack.stream().map(Layer::id).toList();
        Set<LayerId> hiding;
        try (LayerBatch batch = layers.batch(ids)) {
            try (Progress.Task task = progress.begin("Unpacking " + label, total);
                    TwoAtATime threads = new TwoAtATime(stack.size());
                    LayerDirectories directories = directories(stack, batch)) {
                for (Layer layer : stack) {
                    threads.submit(layer.unpacked(), () -> unpack(layer, batch, early, task));
                }
                hiding = hidingBefore(stack, batch);
                if (directories != null) {
                    List<LayerDirectories.Layer> settled = settle(stack, batch, threads, hiding);
                    CompletableFuture<Void> measuring = new CompletableFuture<>();
                    threads.submit(measuring, () -> measure(batch));
                    directories.finish(settled);
                    threads.await(measuring);
                }
                task.finish();
            } finally {
                files.writeback().finish();
            }
            batch.commit();
        }
        return visible(ids, hiding);
    }

    private static List<Layer> stack(OciLayout.Manifest manifest, OciLayout.Config config, String label) {
        int count = manifest.layers().size();
        if (count != config.diffIds().size()) {
            throw contradiction(
                    label, "it has " + count + " layers and " + config.diffIds().size() + " digests for them");
        }
        if (count == 0) {
            throw contradiction(label, "it has no layer");
        }
        List<Layer> stack = new ArrayList<>(count);
        StringBuilder chain = new StringBuilder("chain");
        for (int i = 0; i < count; i++) {
            Digest diffId = config.diffIds().get(i);
            if (!diffId.algorithm().equals("sha256")) {
                throw contradiction(label, "the digest " + diffId + " of a layer is none of sha256");
            }
            chain.append('\n').append(diffId);
            // A layer takes over attributes of directories below it, so what is below is a part of what it is.
            LayerId id = i == 0 ? LayerId.ofContent(diffId) : LayerId.ofRecipe(chain.toString());
            stack.add(new Layer(i, id, manifest.layers().get(i), diffId, new CompletableFuture<>()));
        }
        return stack;
    }

    private UnpackedLayer unpack(Layer layer, LayerBatch batch, EarlyLayers early, Progress.Task task) {
        AtomicReference<UnpackedLayer> made = new AtomicReference<>();
        batch.fill(layer.id(), directory -> {
            Optional<UnpackedLayer> taken =
                    early.take(oci.blob(layer.blob().digest()), layer.diffId(), directory, task);
            made.set(taken.isPresent() ? taken.get() : extract(layer, directory, task));
        });
        return made.get();
    }

    /** Those layers that were there before and hide what is below them as a whole; asked while others are unpacked. */
    private Set<LayerId> hidingBefore(List<Layer> stack, LayerBatch batch) {
        List<Path> present = new ArrayList<>();
        for (Layer layer : stack) {
            Path path = layers.path(layer.id());
            if (layer.height() > 0 && batch.tree(layer.id()).equals(path)) {
                present.add(path);
            }
        }
        Set<Path> opaqueOnes = opaque.among(present);
        Set<LayerId> hiding = new HashSet<>();
        for (Layer layer : stack) {
            if (opaqueOnes.contains(layers.path(layer.id()))) {
                hiding.add(layer.id());
            }
        }
        return hiding;
    }

    /** What sets the attributes of directories; null when all layers were there before. */
    private LayerDirectories directories(List<Layer> stack, LayerBatch batch) throws IOException {
        for (Layer layer : stack) {
            if (batch.isMissing(layer.id())) {
                return LayerDirectories.start(runner, layers.createDirectory());
            }
        }
        return null;
    }

    /**
     * Waits until all layers are there.
     *
     * @param hiding gets the layers that hide what is below them as a whole
     */
    private List<LayerDirectories.Layer> settle(
            List<Layer> stack, LayerBatch batch, TwoAtATime threads, Set<LayerId> hiding) {
        List<LayerDirectories.Layer> settled = new ArrayList<>();
        for (Layer layer : stack) {
            UnpackedLayer unpacked = threads.await(layer.unpacked());
            Path tree = batch.tree(layer.id());
            if (unpacked != null && unpacked.extraction().opaqueRoot()) {
                opaque.mark(tree);
                hiding.add(layer.id());
            }
            settled.add(new LayerDirectories.Layer(tree, unpacked, hiding.contains(layer.id())));
        }
        return settled;
    }

    private static Void measure(LayerBatch batch) {
        batch.measure();
        return null;
    }

    /**
     * Proves what comes out of the blob, which is all that counts; the blob itself, which skopeo proves when it arrives,
     * is looked at again only when something is wrong.
     */
    private UnpackedLayer extract(Layer layer, Path directory, Progress.Task task) throws IOException {
        try {
            LayerFiles.Unpacked unpacked = files.unpack(
                    new BufferedInputStream(
                            new ProgressStream(
                                    Files.newInputStream(oci.blob(layer.blob().digest())), task),
                            LayerFiles.BUFFER),
                    directory,
                    layer.id().mapping());
            if (!unpacked.diffId().equals(layer.diffId())) {
                throw contradiction(
                        "the layer " + layer.blob().digest(),
                        "it unpacks to " + unpacked.diffId() + " where the image's configuration says "
                                + layer.diffId());
            }
            return unpacked.layer();
        } catch (IOException | RuntimeException e) {
            blame(layer.blob(), e);
            throw e;
        }
    }

    /** Unpacking fails on damaged data before the end of the blob proves the damage; then that is the better message. */
    private void blame(OciLayout.Descriptor blob, Exception failure) throws IOException {
        try (VerifyingInputStream in = oci.open(blob)) {
            in.finish();
        } catch (DigestMismatchException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    /** Leaves out what a layer hides as a whole: overlayfs has no mark for it. */
    private static List<LayerId> visible(List<LayerId> stack, Set<LayerId> hiding) {
        int lowest = stack.size() - 1;
        while (lowest > 0 && !hiding.contains(stack.get(lowest))) {
            lowest--;
        }
        return stack.subList(lowest, stack.size());
    }

    private static SourceException contradiction(String label, String problem) {
        return new SourceException(
                "Tried to unpack " + label + ", but " + problem + ".", "Tell whoever made the image.");
    }
}
