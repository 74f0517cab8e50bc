package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.LayerStore;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.TarExtractor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Unpacks the layers of an image of the OCI layout, two at a time, and proves each: as it is stored, and as it unpacks. */
final class LayerUnpacker {

    private static final int AT_A_TIME = 2;
    private static final int BUFFER = 1 << 17;

    private final OciLayout oci;
    private final LayerStore layers;
    private final Decompressor decompressor;
    private final TarExtractor extractor;

    LayerUnpacker(OciLayout oci, LayerStore layers, Decompressor decompressor, TarExtractor extractor) {
        this.oci = oci;
        this.layers = layers;
        this.decompressor = decompressor;
        this.extractor = extractor.content(TarExtractor.Content.OCI_LAYER);
    }

    /** One layer: its blob, and the digest of the archive that is in it. */
    private record Layer(OciLayout.Descriptor blob, Digest diffId) {

        LayerId id() {
            return LayerId.ofContent(diffId);
        }
    }

    /**
     * Makes all layers of an image that are not there yet.
     *
     * @return their ids, the lowest first
     * @throws DamagedBlobException when a blob on disk is not what it should be
     * @throws SourceException when the image contradicts itself
     */
    List<LayerId> unpack(OciLayout.Manifest manifest, OciLayout.Config config, String label, Progress progress) {
        List<Layer> stack = stack(manifest, config, label);
        List<Callable<Void>> work = new ArrayList<>();
        long total = 0;
        for (Layer layer : stack) {
            if (!layers.contains(layer.id())) {
                total += layer.blob().size();
            }
        }
        try (Progress.Task task = progress.begin("Unpacking " + label, total)) {
            for (Layer layer : stack) {
                work.add(() -> {
                    layers.ensure(layer.id(), directory -> fill(layer, directory, task));
                    return null;
                });
            }
            all(work, label);
        }
        List<LayerId> ids = new ArrayList<>(stack.size());
        stack.forEach(layer -> ids.add(layer.id()));
        return ids;
    }

    /**
     * Pairs blobs with diffIDs. Of a layer that occurs twice only the upper one is kept: it hides the lower one
     * completely, and overlayfs refuses one directory in two places.
     */
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
        for (int i = 0; i < count; i++) {
            Layer layer = new Layer(manifest.layers().get(i), config.diffIds().get(i));
            stack.removeIf(lower -> lower.id().equals(layer.id()));
            stack.add(layer);
        }
        return stack;
    }

    private void fill(Layer layer, Path directory, Progress.Task task) throws IOException {
        Digest found;
        try (InputStream blob = new ProgressStream(oci.open(layer.blob()), task);
                DigestStream archive = new DigestStream(decompressor.open(new BufferedInputStream(blob, BUFFER)))) {
            extractor.extract(archive, directory, layer.id().mapping());
            found = archive.finish();
        } catch (IOException | RuntimeException e) {
            Path file = oci.blob(layer.blob().digest());
            if (!Files.exists(file) || isDamaged(layer.blob().digest(), file)) {
                throw new DamagedBlobException(layer.blob().digest(), e);
            }
            throw e;
        }
        if (layer.diffId().algorithm().equals("sha256") && !found.equals(layer.diffId())) {
            throw contradiction(
                    "the layer " + layer.blob().digest(),
                    "it unpacks to " + found + " where the image's configuration says " + layer.diffId());
        }
    }

    private static boolean isDamaged(Digest digest, Path file) throws IOException {
        return digest.algorithm().equals("sha256") && !Sha256.of(file).equals(digest);
    }

    private static SourceException contradiction(String label, String problem) {
        return new SourceException(
                "Tried to unpack " + label + ", but " + problem + ".", "Tell whoever made the image.");
    }

    /** Runs all, and throws the first failure once no thread works any more. */
    private static void all(List<Callable<Void>> work, String label) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_A_TIME, work.size()));
        try {
            List<Future<Void>> results = new ArrayList<>();
            work.forEach(one -> results.add(threads.submit(one)));
            for (Future<Void> result : results) {
                result.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new SourceException(
                    "Tried to unpack " + label + ", but " + e.getCause().getMessage() + ".", null, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryFailures.interrupted(label, e);
        } finally {
            end(threads);
        }
    }

    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
