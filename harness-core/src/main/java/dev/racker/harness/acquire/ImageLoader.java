package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.Platform;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.json.Json;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.Decompression;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.OciManifests;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings images out of files into the store.
 *
 * <p>An image gets its names when it is complete; a name that another image had is taken from it.
 */
public final class ImageLoader {

    private final Store store;
    private final OciImporter importer;
    private final ArchiveSource archives;
    private final ArchiveContents contents;
    private final Decompression decompression;
    private final DigestProgram digests;
    private final ImageRecorder recorder;

    /** Creates a loader that runs skopeo, tar and the programs that decompress with {@code runner}. */
    public ImageLoader(Store store, CommandRunner runner) {
        this.store = store;
        this.importer = Sources.importer(store, runner);
        this.archives = new ArchiveSource(importer, new Skopeo(runner));
        this.decompression = new Decompression(runner);
        this.contents = new ArchiveContents(decompression);
        this.digests = new DigestProgram(runner);
        this.recorder = new ImageRecorder(store, runner);
    }

    /**
     * Loads all images of an archive of docker or OCI, compressed or not, or of a directory.
     *
     * @param source a file or directory
     * @throws SourceException when there is no image in it
     */
    public List<Loaded> load(Path source, Platform platform, Progress progress) {
        return work("load " + source, work -> load(source, source.toString(), platform, work, progress));
    }

    /** Loads all images of an archive that is read from a stream, which is not closed. */
    public List<Loaded> load(InputStream source, Platform platform, Progress progress) {
        return work("load what standard input holds", work -> {
            Path file = work.resolve("archive.tar");
            Files.copy(source, file);
            return load(file, "what standard input holds", platform, work, progress);
        });
    }

    /**
     * Makes an image of one layer of the archive of a root file system, compressed or not.
     *
     * @param file is left as it is
     * @param name may be null
     * @param comment for the image's history; may be null
     */
    public Loaded importFile(
            Path file, RegistryReference name, List<ConfigChange> changes, String comment, Progress progress) {
        return work("import " + file, work -> {
            Path copy = work.resolve("layer.tar");
            Files.copy(file, copy);
            return importCopy(copy, file.getFileName().toString(), name, changes, comment, work, progress);
        });
    }

    /** The same with an archive that is read from a stream, which is not closed. */
    public Loaded importStream(
            InputStream in, RegistryReference name, List<ConfigChange> changes, String comment, Progress progress) {
        return work("import what standard input holds", work -> {
            Path copy = work.resolve("layer.tar");
            Files.copy(in, copy);
            return importCopy(copy, "-", name, changes, comment, work, progress);
        });
    }

    /** What is done while no blob can go, with a directory for it. */
    @FunctionalInterface
    private interface Work<T> {
        T in(Path directory) throws IOException;
    }

    @SuppressWarnings("try") // the pin is held, not used
    private <T> T work(String what, Work<T> task) {
        store.garbage().sweepTemporary();
        try (WorkDirectory work = WorkDirectory.create(store);
                Lock pin = store.garbage().pin()) {
            return task.in(work.path());
        } catch (IOException e) {
            throw new SourceException(
                    "Tried to " + what + ", but: " + e.getMessage() + ".",
                    "Check the path, and the free space in "
                            + store.paths().directories().state() + ".",
                    e);
        }
    }

    private List<Loaded> load(Path source, String shown, Platform platform, Path work, Progress progress)
            throws IOException {
        if (!Files.exists(source)) {
            throw new SourceException("Tried to load " + shown + ", but it does not exist.", "Check the path.");
        }
        // skopeo takes what follows a colon in a path for a tag.
        Path link = Files.createSymbolicLink(work.resolve("source"), source.toAbsolutePath());
        List<Loaded> loaded = new ArrayList<>();
        for (ArchiveContents.Item item : contents.of(source, shown)) {
            Path own = Files.createDirectory(work.resolve("image-" + loaded.size()));
            PullContext context = new PullContext(
                    shown, platform, RegistryOptions.defaults(), new Known(null, store.layers()), own, progress);
            loaded.add(record(archives.bring(item.transport(), link, item.tag(), context), shown, item.names()));
        }
        return loaded;
    }

    private Loaded record(Acquired acquired, String origin, List<RegistryReference> names) throws IOException {
        Acquired named = new Acquired(
                acquired.source(),
                origin,
                acquired.digest(),
                acquired.layers(),
                acquired.config(),
                acquired.platform(),
                acquired.created(),
                acquired.manifest());
        if (names.isEmpty()) {
            for (StoredImage known : store.images().list().images()) {
                if (known.digest().equals(named.digest())) {
                    return new Loaded(known, names);
                }
            }
            return new Loaded(recorder.record(named.digest().toString(), named, () -> false), names);
        }
        StoredImage image = null;
        for (RegistryReference name : names) {
            image = recorder.record(name.toString(), named, () -> false);
        }
        return new Loaded(image, names);
    }

    private Loaded importCopy(
            Path file,
            String origin,
            RegistryReference name,
            List<ConfigChange> changes,
            String comment,
            Path work,
            Progress progress)
            throws IOException {
        Digest diffId;
        try (DigestStream in =
                digests.over(decompression.open(new BufferedInputStream(Files.newInputStream(file), 1 << 17)))) {
            diffId = in.finish();
        }
        ObjectNode config = Json.mapper().createObjectNode();
        changes.forEach(change -> change.apply(config));
        byte[] document = new ConfigDocument(
                        config,
                        Platform.host(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        List.of(diffId),
                        "racker import " + origin,
                        comment == null ? "Imported from " + origin : comment)
                .toBytes();
        Path blob = LayerCompression.isAllowed(file) ? file : plain(file, work);
        Digest digest = blob.equals(file) ? digests.of(file) : diffId;
        try (NewBlobs blobs = new NewBlobs(store.oci())) {
            OciLayout.Descriptor layer = blobs.adopt(OciManifests.LAYER + LayerCompression.suffix(blob), blob, digest);
            OciLayout.Descriptor configured = blobs.put(OciManifests.CONFIG, document);
            OciLayout.Descriptor manifest =
                    blobs.put(OciManifests.MANIFEST, OciManifests.manifest(configured, List.of(layer)));
            OciImporter.Imported imported = importer.unpack(manifest, origin, progress);
            Acquired acquired = new Acquired(
                    "import",
                    origin,
                    manifest.digest(),
                    imported.layers(),
                    imported.config().config(),
                    imported.platform(Platform.host()),
                    imported.config().created(),
                    manifest);
            Loaded loaded = record(acquired, origin, name == null ? List.of() : List.of(name));
            blobs.keep();
            return loaded;
        }
    }

    /** OCI knows gzip and zstd only. */
    private Path plain(Path file, Path work) throws IOException {
        Path plain = work.resolve("plain.tar");
        try (InputStream in = decompression.open(new BufferedInputStream(Files.newInputStream(file), 1 << 17))) {
            Files.copy(in, plain);
        }
        return plain;
    }
}
