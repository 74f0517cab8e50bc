package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.LayerStore;
import dev.racker.harness.store.UnpackedLayer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Unpacks blobs while skopeo still writes them, two at a time.
 *
 * <p>Which layer a blob is, and what it has to unpack to, is known only when all of them are there; so this is a head
 * start and nothing more: what does not come out well, for whatever reason, is unpacked again, and only then told of.
 */
final class EarlyLayers implements AutoCloseable {

    /** How skopeo names unfinished blobs (containers/image, oci/layout/oci_dest.go). */
    static final String UNFINISHED = "oci-put-blob";

    private final LayerFiles files;
    private final LayerStore layers;
    private final Path trees;
    private final WatchService watch; // null when nothing is watched
    private final Thread watcher;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, EarlyLayers::daemon);
    private final Map<String, Blob> growing = new LinkedHashMap<>(); // by file name; the watcher's alone
    private final List<Blob> blobs = new ArrayList<>();
    private boolean ended;

    /** One blob, where its tree is made, and how that ends; null for what is no archive. */
    private record Blob(GrowingFile file, Path tree, CompletableFuture<LayerFiles.Unpacked> unpacked) {}

    private EarlyLayers(LayerFiles files, LayerStore layers, Path trees, WatchService watch) {
        this.files = files;
        this.layers = layers;
        this.trees = trees;
        this.watch = watch;
        this.watcher = daemon(this::watch);
    }

    /**
     * Watches a directory, made here, in which skopeo is about to write blobs; where the kernel has no watch left to give
     * (inotify(7), max_user_instances), nothing is unpacked early.
     *
     * @param trees a directory, not there yet, on the store's file system
     */
    static EarlyLayers watch(Path layout, Path trees, LayerFiles files, LayerStore layers) throws IOException {
        Files.createDirectories(layout);
        Files.createDirectories(trees);
        WatchService watch;
        try {
            watch = layout.getFileSystem().newWatchService();
        } catch (IOException e) {
            return new EarlyLayers(files, layers, trees, null);
        }
        try {
            layout.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            watch.close();
            throw e;
        }
        EarlyLayers early = new EarlyLayers(files, layers, trees, watch);
        early.watcher.start();
        return early;
    }

    /** What there is when nothing was begun. */
    static EarlyLayers none(LayerFiles files, LayerStore layers) {
        return new EarlyLayers(files, layers, null, null);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "racker-early-layers");
        thread.setDaemon(true);
        return thread;
    }

    private void watch() {
        try {
            while (true) {
                WatchKey key = watch.take();
                for (WatchEvent<?> event : key.pollEvents()) {
                    heed(key, event);
                }
                key.reset();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            growing.values().forEach(blob -> blob.file().complete());
        }
    }

    private void heed(WatchKey key, WatchEvent<?> event) {
        if (!(event.context() instanceof Path name)) {
            growing.values().forEach(blob -> blob.file().grown()); // too many events for the kernel to tell each
            return;
        }
        Blob blob = growing.get(name.toString());
        if (event.kind() == StandardWatchEventKinds.ENTRY_DELETE) {
            if (blob != null) {
                growing.remove(name.toString());
                blob.file().complete();
            }
        } else if (blob != null) {
            blob.file().grown();
        } else if (name.toString().startsWith(UNFINISHED)) {
            begin(((Path) key.watchable()).resolve(name));
        }
    }

    private void begin(Path file) {
        try {
            GrowingFile content = GrowingFile.open(file);
            Blob blob = new Blob(content, trees.resolve(Integer.toString(blobs.size())), new CompletableFuture<>());
            growing.put(file.getFileName().toString(), blob);
            synchronized (blobs) {
                blobs.add(blob);
            }
            threads.execute(() -> unpack(blob));
        } catch (IOException e) {
            return; // it has its final name already
        }
    }

    private void unpack(Blob blob) {
        try (InputStream content = new BufferedInputStream(blob.file(), LayerFiles.BUFFER)) {
            content.mark(1);
            if (hasEnded() || content.read() == '{') {
                blob.unpacked().complete(null); // a configuration is no archive
                return;
            }
            content.reset();
            blob.unpacked().complete(files.unpack(content, blob.tree(), IdMapping.SHIFTED));
        } catch (IOException | RuntimeException | Error e) {
            give(blob, e);
        }
    }

    /** What there is of the tree takes room that the next attempt needs. */
    private void give(Blob blob, Throwable failure) {
        try {
            layers.discard(blob.tree());
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        } finally {
            blob.unpacked().completeExceptionally(failure);
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    /** Says that skopeo has ended: what was not begun by now is left to whoever comes for it. */
    void finish() throws IOException {
        synchronized (this) {
            ended = true;
        }
        if (watch == null) {
            return;
        }
        watch.close();
        boolean interrupted = false;
        while (watcher.isAlive()) {
            try {
                watcher.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Moves the tree that was made of a blob in place of an empty directory; waits for it when it is being made.
     *
     * @param diffId what the blob has to unpack to
     * @return how it was made, or empty when there is no such tree and nothing was changed
     */
    Optional<UnpackedLayer> take(Path blobFile, Digest diffId, Path directory, Progress.Task task) throws IOException {
        Blob blob = find(GrowingFile.identity(blobFile));
        if (blob == null) {
            return Optional.empty();
        }
        blob.file().report(task);
        LayerFiles.Unpacked unpacked =
                blob.unpacked().handle((made, failure) -> made).join();
        if (unpacked == null || !unpacked.diffId().equals(diffId)) {
            return Optional.empty();
        }
        Files.move(blob.tree(), directory, StandardCopyOption.ATOMIC_MOVE);
        return Optional.of(unpacked.layer());
    }

    private Blob find(Object identity) {
        synchronized (blobs) {
            for (Blob blob : blobs) {
                if (blob.file().identity().equals(identity)) {
                    return blob;
                }
            }
        }
        return null;
    }

    /** Stops what is still going on, and removes what nobody took. */
    @Override
    public void close() throws IOException {
        finish();
        for (Blob blob : blobs) {
            blob.file().abandon();
        }
        TwoAtATime.end(threads);
        files.writeback().finish();
        for (Blob blob : blobs) {
            layers.discard(blob.tree());
        }
    }
}
