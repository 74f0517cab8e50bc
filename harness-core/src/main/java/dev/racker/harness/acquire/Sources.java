package dev.racker.harness.acquire;

import dev.racker.harness.acquire.CuratedRelease.Bootstrap;
import dev.racker.harness.acquire.CuratedRelease.Registry;
import dev.racker.harness.acquire.CuratedRelease.Source;
import dev.racker.harness.acquire.CuratedRelease.Tarball;
import dev.racker.harness.image.CuratedReference;
import dev.racker.harness.image.DirectoryReference;
import dev.racker.harness.image.DockerArchiveReference;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.OciArchiveReference;
import dev.racker.harness.image.OciLayoutReference;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.image.SquashfsReference;
import dev.racker.harness.image.TarballReference;
import dev.racker.harness.image.TarballUrlReference;
import dev.racker.harness.image.UntaggedReference;
import dev.racker.harness.process.Cancellation;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.Decompression;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.TarExtractor;
import dev.racker.harness.store.TarSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses where an image comes from. */
final class Sources {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final Store store;
    private final Cancellation cancellation;
    private final CuratedReleases releases;
    private final RegistrySource registry;
    private final ArchiveSource archive;
    private final RootfsSource rootfs;
    private final BootstrapSource bootstrap;

    private Sources(
            Store store,
            Cancellation cancellation,
            CuratedReleases releases,
            RegistrySource registry,
            ArchiveSource archive,
            RootfsSource rootfs,
            BootstrapSource bootstrap) {
        this.store = store;
        this.cancellation = cancellation;
        this.releases = releases;
        this.registry = registry;
        this.archive = archive;
        this.rootfs = rootfs;
        this.bootstrap = bootstrap;
    }

    /** What brings images that skopeo can read. */
    static OciImporter importer(Store store, CommandRunner runner) {
        LayerFiles files = new LayerFiles(
                new Decompression(runner),
                new DigestProgram(runner),
                new TarExtractor(runner).content(TarExtractor.Content.OCI_LAYER),
                new Writeback(runner));
        return new OciImporter(
                store,
                new BlobCopy(new Skopeo(runner), LONGEST_SILENCE),
                new LayerUnpacker(store.oci(), store.layers(), files, runner, new OpaqueMarks(runner)),
                files);
    }

    static Sources of(Store store, CommandRunner runner, CuratedReleases releases) {
        Skopeo skopeo = new Skopeo(runner);
        TarExtractor extractor = new TarExtractor(runner);
        Decompression decompression = new Decompression(runner);
        DigestProgram digests = new DigestProgram(runner);
        OciImporter importer = importer(store, runner);
        return new Sources(
                store,
                runner.cancellation(),
                releases,
                new RegistrySource(skopeo, importer),
                new ArchiveSource(importer, skopeo),
                new RootfsSource(
                        store.layers(),
                        extractor,
                        decompression,
                        digests,
                        new TarSource(runner),
                        new Unsquashfs(runner)),
                new BootstrapSource(new Mmdebstrap(runner), digests, store.layers(), extractor));
    }

    /** Brings the image that is asked for; empty when the store has it already. */
    Optional<Acquired> bring(PullRequest request, PullContext context) throws IOException {
        ImageReference reference = request.reference();
        if (reference instanceof RegistryReference one) {
            return fromRegistry(one, request.source(), context);
        }
        if (reference instanceof CuratedReference label) {
            return curated(label, request.source(), context);
        }
        if (reference instanceof UntaggedReference) {
            throw new SourceException(
                    "Tried to get " + reference + ", but there is no such image in the store.",
                    "See `racker images --all`; a name and a digest are written NAME@sha256:...");
        }
        if (request.source() == SourceChoice.BOOTSTRAP) {
            throw notCurated(reference);
        }
        if (reference instanceof OciLayoutReference one) {
            return unlessKnown(archive.bring(one, context), context);
        }
        if (reference instanceof OciArchiveReference one) {
            return unlessKnown(archive.bring(one, context), context);
        }
        if (reference instanceof DockerArchiveReference one) {
            return unlessKnown(archive.bring(one, context), context);
        }
        if (reference instanceof DirectoryReference one) {
            return rootfs.bring(one, context);
        }
        if (reference instanceof SquashfsReference one) {
            return rootfs.bring(one, context);
        }
        if (reference instanceof TarballUrlReference one) {
            return download(one, Download.Request.of(one.uri()), context);
        }
        return rootfs.bring((TarballReference) reference, context);
    }

    private static Optional<Acquired> unlessKnown(Acquired acquired, PullContext context) {
        return context.known().is(acquired.digest(), context.platform()) ? Optional.empty() : Optional.of(acquired);
    }

    private Optional<Acquired> fromRegistry(RegistryReference reference, SourceChoice choice, PullContext context)
            throws IOException {
        if (choice == SourceChoice.BOOTSTRAP) {
            CuratedRelease release = releases.byReference(reference).orElseThrow(() -> notCurated(reference));
            List<Source> recipes = recipes(release);
            if (recipes.isEmpty()) {
                throw notCurated(reference);
            }
            return inOrder(release, recipes, context);
        }
        try {
            return registry.bring(reference, context);
        } catch (RegistryException e) {
            // The catalogue takes longer to read than a registry to answer, so it is asked only now.
            if (!e.isUnreachable() || choice == SourceChoice.REGISTRY) {
                throw RegistryFailures.perhapsLabel(e, reference, releases);
            }
            CuratedRelease release = releases.byReference(reference)
                    .orElseThrow(() -> RegistryFailures.perhapsLabel(e, reference, releases));
            return instead(reference, release, e, context);
        }
    }

    /** The way out when a registry cannot be reached: what does not come from a registry. */
    private Optional<Acquired> instead(
            RegistryReference reference, CuratedRelease release, RegistryException failure, PullContext context)
            throws IOException {
        List<Source> others = new ArrayList<>();
        for (Source source : release.sources()) {
            if (!(source instanceof Registry)) {
                others.add(source);
            }
        }
        if (others.isEmpty() || !context.platform().accepts(dev.racker.harness.image.Platform.host())) {
            throw failure;
        }
        if (BootstrapAge.isRecent(context.known())) {
            context.progress().note(BootstrapAge.kept(reference, failure, context.known()));
            return Optional.empty();
        }
        context.progress()
                .note("The registry " + reference.host() + " cannot be reached (" + failure.reason() + "); making "
                        + reference.familiar() + " from the package mirror of " + release.distribution() + " instead.");
        try {
            return inOrder(release, others, context);
        } catch (RuntimeException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    private Optional<Acquired> curated(CuratedReference label, SourceChoice choice, PullContext context)
            throws IOException {
        CuratedRelease release = releases.byLabel(label.label())
                .orElseThrow(() -> new SourceException(
                        "Tried to find the curated image \"" + label + "\", but there is none of this name.",
                        "doc/images.rst lists them; a registry image is written with a colon: debian:bookworm."));
        List<Source> wanted = new ArrayList<>();
        for (Source source : release.sources()) {
            boolean fits = choice == SourceChoice.AUTO
                    || choice == SourceChoice.REGISTRY && source instanceof Registry
                    || choice == SourceChoice.BOOTSTRAP && source instanceof Bootstrap;
            if (fits) {
                wanted.add(source);
            }
        }
        if (wanted.isEmpty()) {
            throw new SourceException(
                    "Tried to get " + label + " with --source " + choice.name().toLowerCase(java.util.Locale.ROOT)
                            + ", but it has no such source.",
                    "Leave --source away.");
        }
        return inOrder(release, wanted, context);
    }

    /** Takes the first source; the next one only while registries cannot be reached. */
    private Optional<Acquired> inOrder(CuratedRelease release, List<Source> wanted, PullContext context)
            throws IOException {
        for (int i = 0; i < wanted.size() - 1; i++) {
            try {
                return one(release, wanted.get(i), context);
            } catch (RegistryException e) {
                if (!e.isUnreachable()) {
                    throw e;
                }
                RegistryReference reference = ((Registry) wanted.get(i)).reference();
                if (BootstrapAge.isRecent(context.known())) {
                    context.progress().note(BootstrapAge.kept(reference, e, context.known()));
                    return Optional.empty();
                }
                context.progress()
                        .note("The registry " + reference.host() + " cannot be reached (" + e.reason()
                                + "); trying the next source of " + release.label() + ".");
            }
        }
        return one(release, wanted.get(wanted.size() - 1), context);
    }

    private Optional<Acquired> one(CuratedRelease release, Source source, PullContext context) throws IOException {
        if (source instanceof Registry one) {
            return registry.bring(one.reference(), context);
        }
        if (source instanceof Tarball one) {
            return download(
                    new CuratedReference(release.label()), new Download.Request(one.uri(), one.digest()), context);
        }
        return bootstrap.bring((Bootstrap) source, context);
    }

    private Optional<Acquired> download(ImageReference reference, Download.Request request, PullContext context)
            throws IOException {
        Download download = new HttpDownloader(store.paths().downloads(), store.locks(), cancellation)
                .download(request, context.progress());
        return rootfs.bringTarball(reference, download.file(), "tarball", context);
    }

    private static List<Source> recipes(CuratedRelease release) {
        List<Source> recipes = new ArrayList<>();
        for (Source source : release.sources()) {
            if (source instanceof Bootstrap) {
                recipes.add(source);
            }
        }
        return recipes;
    }

    private static SourceException notCurated(ImageReference reference) {
        return new SourceException(
                "Tried to make " + reference + " from packages, but no release is known that it stands for.",
                "Leave --source away, or add the release to the catalogue.");
    }
}
