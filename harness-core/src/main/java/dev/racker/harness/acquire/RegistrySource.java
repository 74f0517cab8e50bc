package dev.racker.harness.acquire;

import dev.racker.harness.acquire.OciManifest.Entry;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.RegistryReference;
import java.io.IOException;
import java.time.Duration;
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
            byte[] raw = skopeo.inspectRaw(source(reference, null), credentials.options(), firstAnswer);
            Digest offered = Sha256.of(raw);
            if (context.known().is(offered, context.platform())) {
                return Optional.empty();
            }
            OciManifest manifest = OciManifest.parse(reference.familiar(), raw);
            Digest chosen = offered;
            if (manifest.isIndex()) {
                Entry entry = PlatformChoice.choose(reference.familiar(), manifest, context.platform());
                chosen = entry.digest();
                byte[] one = skopeo.inspectRaw(source(reference, chosen), credentials.options(), firstAnswer);
                manifest = OciManifest.parse(reference.familiar(), one);
            }
            // By digest: the tag may move between two requests.
            String pinned = source(reference, chosen);
            OciImporter.Imported imported = importer.bring(
                    new BlobCopy.Job(
                            pinned, reference.familiar(), manifest.layers(), context.platform(), credentials.options()),
                    context.work(),
                    stderr -> RegistryFailures.of(pinned, stderr),
                    context.progress());
            return Optional.of(new Acquired(
                    "registry",
                    reference.toString(),
                    offered,
                    imported.layers(),
                    imported.config().config(),
                    imported.platform(context.platform()),
                    imported.config().created(),
                    imported.manifest()));
        }
    }

    /** The reference for skopeo, which does not take a tag and a digest at once. */
    static String source(RegistryReference reference, Digest pinned) {
        Digest digest = pinned == null ? reference.digest() : pinned;
        String version = digest == null ? ":" + reference.tag() : "@" + digest;
        return "docker://" + reference.name() + version;
    }
}
