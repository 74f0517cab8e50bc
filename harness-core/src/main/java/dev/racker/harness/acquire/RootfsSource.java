package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.DirectoryReference;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.SquashfsReference;
import dev.racker.harness.image.TarballReference;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.Decompression;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.LayerStore;
import dev.racker.harness.store.TarExtractor;
import dev.racker.harness.store.TarSource;
import dev.racker.harness.store.UnpackException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Root file systems without any metadata: tarballs, squashfs files and directories; each becomes one layer. */
final class RootfsSource {

    private static final int BUFFER = 1 << 17;

    private final LayerStore layers;
    private final TarExtractor extractor;
    private final Decompression decompression;
    private final DigestProgram digests;
    private final TarSource tar;
    private final Unsquashfs unsquashfs;

    RootfsSource(
            LayerStore layers,
            TarExtractor extractor,
            Decompression decompression,
            DigestProgram digests,
            TarSource tar,
            Unsquashfs unsquashfs) {
        this.layers = layers;
        this.extractor = extractor.content(TarExtractor.Content.ROOT_FILE_SYSTEM);
        this.decompression = decompression;
        this.digests = digests;
        this.tar = tar;
        this.unsquashfs = unsquashfs;
    }

    /** Brings a tarball; empty when the store has it already. */
    Optional<Acquired> bring(TarballReference reference, PullContext context) throws IOException {
        SourceFiles.requireFile(reference, reference.path());
        return bringTarball(reference, reference.path(), "tarball", context);
    }

    /** Brings a tarball that is in a file, wherever it came from. */
    Optional<Acquired> bringTarball(ImageReference reference, Path file, String source, PullContext context)
            throws IOException {
        Digest digest = digests.of(file);
        if (context.known().is(digest, context.platform())) {
            return Optional.empty();
        }
        LayerId id = LayerId.ofRecipe("tarball\n" + digest);
        try (Progress.Task task = context.progress().begin("Unpacking " + reference, Files.size(file))) {
            layers.ensure(id, directory -> {
                Digest found;
                try (DigestStream in = digests.over(Files.newInputStream(file));
                        InputStream plain =
                                decompression.open(new BufferedInputStream(new ProgressStream(in, task), BUFFER))) {
                    unpack(reference, plain, directory);
                    found = in.finish();
                }
                requireSame(reference, digest, found);
                requireRootfs(reference, directory);
            });
            task.finish();
        }
        return Optional.of(acquired(source, reference, digest, id, context, modified(file)));
    }

    /** Brings a squashfs file; empty when the store has it already. */
    Optional<Acquired> bring(SquashfsReference reference, PullContext context) throws IOException {
        Path file = reference.path().toAbsolutePath();
        SourceFiles.requireFile(reference, file);
        Digest digest = digests.of(file);
        if (context.known().is(digest, context.platform())) {
            return Optional.empty();
        }
        LayerId id = LayerId.ofRecipe("squashfs\n" + digest);
        try (Progress.Task task = context.progress().begin("Unpacking " + reference, -1)) {
            layers.ensure(id, directory -> {
                Path tree = context.work().resolve("squashfs");
                unsquash(reference, file, tree);
                try (InputStream plain = new ProgressStream(tar.open(tree), task)) {
                    unpack(reference, plain, directory);
                }
                requireRootfs(reference, directory);
            });
            task.finish();
        }
        return Optional.of(acquired("squashfs", reference, digest, id, context, modified(file)));
    }

    private void unsquash(SquashfsReference reference, Path file, Path tree) {
        try {
            unsquashfs.unpack(file, tree);
        } catch (CommandException e) {
            String said = e.result().map(CommandResult::errorText).orElse("");
            if (said.isEmpty()) {
                throw e;
            }
            throw new SourceException(
                    "Tried to unpack " + reference + ", but unsquashfs failed: "
                            + said.substring(said.lastIndexOf('\n') + 1).replace("FATAL ERROR: ", "") + ".",
                    "Check that it is a squashfs file, and whole, and that there is room on the disk.",
                    e);
        }
    }

    /**
     * Brings a directory; empty when the store has it already. The tree is read twice, once for its digest, so that
     * it need not be stored twice.
     */
    Optional<Acquired> bring(DirectoryReference reference, PullContext context) throws IOException {
        Path tree = reference.path().toAbsolutePath();
        SourceFiles.requireDirectory(reference, tree);
        if (context.work().toRealPath().startsWith(tree.toRealPath())) {
            throw SourceFiles.refused(
                    reference,
                    "it holds racker's own store",
                    "Name the tree of another system, or set RACKER_STATE_DIR.");
        }
        Digest digest;
        try (Progress.Task task = context.progress().begin("Reading " + reference, -1);
                DigestStream archive = digests.over(new ProgressStream(tar.open(tree), task))) {
            digest = archive.finish();
            task.finish();
        }
        if (context.known().is(digest, context.platform())) {
            return Optional.empty();
        }
        LayerId id = LayerId.ofRecipe("directory\n" + digest);
        try (Progress.Task task = context.progress().begin("Unpacking " + reference, -1)) {
            layers.ensure(id, directory -> {
                Digest found;
                try (DigestStream archive = digests.over(new ProgressStream(tar.open(tree), task))) {
                    unpack(reference, archive, directory);
                    found = archive.finish();
                }
                requireSame(reference, digest, found);
                requireRootfs(reference, directory);
            });
            task.finish();
        }
        return Optional.of(acquired("directory", reference, digest, id, context, Instant.EPOCH));
    }

    private void unpack(ImageReference reference, InputStream plain, Path directory) {
        try {
            extractor.extract(plain, directory, IdMapping.SHIFTED);
        } catch (UnpackException e) {
            throw new SourceException(e.about(reference.toString()), e.hint().orElse(null), e);
        }
    }

    private static void requireSame(ImageReference reference, Digest expected, Digest found) {
        if (!found.equals(expected)) {
            throw SourceFiles.refused(reference, "it changed while it was read", "Do the same when nobody writes it.");
        }
    }

    /** A root file system may be odd, but an image archive is one that the user meant otherwise. */
    private static void requireRootfs(ImageReference reference, Path directory) {
        if (Files.exists(directory.resolve("oci-layout"))) {
            throw SourceFiles.refused(
                    reference, "it is an OCI image archive, not a root file system", "Write oci-archive: before it.");
        }
        if (Files.exists(directory.resolve("manifest.json")) && !Files.exists(directory.resolve("usr"))) {
            throw SourceFiles.refused(
                    reference,
                    "it is an image written by `docker save`, not a root file system",
                    "Write docker-archive: before it.");
        }
        List<Path> top = children(directory);
        if (top.isEmpty()) {
            throw SourceFiles.refused(reference, "there is nothing in it", "Put a root file system there.");
        }
        if (top.size() == 1 && Files.isDirectory(top.get(0).resolve("usr"), LinkOption.NOFOLLOW_LINKS)) {
            throw SourceFiles.refused(
                    reference,
                    "all of it is in the directory " + top.get(0).getFileName() + ", so it is not a root file system",
                    "Have usr, etc and the others at its top.");
        }
    }

    private static List<Path> children(Path directory) {
        try (Stream<Path> children = Files.list(directory)) {
            return children.limit(2).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Acquired acquired(
            String source, ImageReference reference, Digest digest, LayerId id, PullContext context, Instant created) {
        return new Acquired(
                source,
                reference.toString(),
                digest,
                List.of(id),
                ImageConfig.empty(),
                context.platform(),
                created,
                null);
    }

    private static Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
