package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.store.OciLayout;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Images in registries. */
final class RegistrySource {

    /** How long a registry may take for its first answer, before it counts as one that cannot be reached. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(20);

    private final Skopeo skopeo;
    private final OciImporter importer;
    private final Duration firstAnswer;

    RegistrySource(Skopeo skopeo, OciImporter importer) {
        this(skopeo, importer, FIRST_ANSWER);
    }

    RegistrySource(Skopeo skopeo, OciImporter importer, Duration firstAnswer) {
        this.skopeo = skopeo;
        this.importer = importer;
        this.firstAnswer = firstAnswer;
    }

    /**
     * Looks what the registry offers under this name now, and brings it when it is not what the store has.
     *
     * @return empty when the store has it already
     */
    Optional<Acquired> bring(RegistryReference reference, PullContext context) throws IOException {
        try (CredentialsFile credentials =
                CredentialsFile.write(context.registry(), reference.host(), context.work())) {
            BlobCopy.Job job = new BlobCopy.Job(
                    source(reference, null), reference.familiar(), 0, context.platform(), credentials.options());
            if (context.known().image() != null) {
                return bring(reference, job, null, context);
            }
            // What is not here has to be fetched, whatever the registry says about it.
            try (HeadStart start = importer.begin(job, context.work())) {
                return bring(reference, job, start, context);
            }
        }
    }

    /** Brings what is offered; {@code start} is null when nothing was begun. */
    private Optional<Acquired> bring(
            RegistryReference reference, BlobCopy.Job byName, HeadStart start, PullContext context) throws IOException {
        byte[] raw = skopeo.inspectRaw(byName.source(), byName.options(), firstAnswer);
        OfferedManifest offered = new OfferedManifest(raw);
        if (context.known().is(offered.digest(), context.platform())) {
            return Optional.empty();
        }
        OfferedManifest chosen = choose(reference, offered, byName.options(), context);
        // By digest: the tag may move between two requests.
        String pinned = source(reference, chosen.digest());
        BlobCopy.Job job = byName.of(pinned, chosen.layerBytes());
        OciImporter.Imported imported = start == null
                ? importer.bring(job, context.work(), stderr -> RegistryFailures.of(pinned, stderr), context.progress())
                : importer.bring(
                        job,
                        start,
                        chosen.digest(),
                        context.work(),
                        stderr -> RegistryFailures.of(pinned, stderr),
                        context.progress());
        if (chosen.isDockers()) {
            imported = importer.withConfig(
                    imported, skopeo.inspectConfig(pinned, byName.options(), context.platform(), context.work()));
        }
        return Optional.of(new Acquired(
                "registry",
                reference.toString(),
                offered.digest(),
                imported.layers(),
                imported.config().config(),
                imported.platform(context.platform()),
                imported.config().created(),
                imported.manifest()));
    }

    private OfferedManifest choose(
            RegistryReference reference, OfferedManifest offered, RegistryOptions options, PullContext context) {
        List<OciLayout.Descriptor> manifests = offered.manifests();
        if (manifests.isEmpty()) {
            return offered;
        }
        Digest digest = OfferedManifest.choose(reference.familiar(), manifests, context.platform())
                .digest();
        byte[] raw = skopeo.inspectRaw(source(reference, digest), options, firstAnswer);
        return new OfferedManifest(raw);
    }

    /** The reference for skopeo, which does not take a tag and a digest at once. */
    static String source(RegistryReference reference, Digest pinned) {
        Digest digest = pinned == null ? reference.digest() : pinned;
        String version = digest == null ? ":" + reference.tag() : "@" + digest;
        return "docker://" + reference.name() + version;
    }
}
