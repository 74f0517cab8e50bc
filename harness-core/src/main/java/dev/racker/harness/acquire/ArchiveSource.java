package dev.racker.harness.acquire;

import dev.racker.harness.image.DockerArchiveReference;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.OciArchiveReference;
import dev.racker.harness.image.OciLayoutReference;
import java.io.IOException;
import java.nio.file.Path;

/** Images in files and directories: OCI layouts, tar files of them, and what {@code docker save} writes. */
final class ArchiveSource {

    private final OciImporter importer;
    private final Skopeo skopeo;

    ArchiveSource(OciImporter importer, Skopeo skopeo) {
        this.importer = importer;
        this.skopeo = skopeo;
    }

    /** Where an image is, and as what. */
    private record Place(String transport, Path path, String tag, String label) {

        Place(String transport, Path path, String tag) {
            this(transport, path, tag, transport + ":" + path + (tag == null ? "" : ":" + tag));
        }

        /** The reference for skopeo, which is started elsewhere. */
        String source() {
            return transport + ":" + path.toAbsolutePath().normalize() + (tag == null ? "" : ":" + tag);
        }
    }

    Acquired bring(OciLayoutReference reference, PullContext context) throws IOException {
        SourceFiles.requireDirectory(reference, reference.path());
        return bring(reference, new Place("oci", reference.path(), reference.tag()), context);
    }

    Acquired bring(OciArchiveReference reference, PullContext context) throws IOException {
        SourceFiles.requireFile(reference, reference.path());
        return bring(reference, new Place("oci-archive", reference.path(), reference.tag()), context);
    }

    Acquired bring(DockerArchiveReference reference, PullContext context) throws IOException {
        SourceFiles.requireFile(reference, reference.path());
        return bring(reference, new Place("docker-archive", reference.path(), reference.tag()), context);
    }

    /**
     * Brings one image of a file or directory.
     *
     * @param path holds no colon
     * @param tag the image's name there; {@code @N} for the one of this number in an archive of docker, null for the only
     *     one
     */
    Acquired bring(String transport, Path path, String tag, PullContext context) throws IOException {
        return bring(context.name(), new Place(transport, path, tag, context.name()), context);
    }

    private Acquired bring(ImageReference reference, Place place, PullContext context) throws IOException {
        return bring(reference.toString(), place, context);
    }

    private Acquired bring(String reference, Place place, PullContext context) throws IOException {
        OciImporter.Imported imported = importer.bring(
                new BlobCopy.Job(place.source(), place.label(), 0, context.platform(), RegistryOptions.defaults()),
                context.work(),
                stderr -> failure(place, stderr),
                context.progress());
        if (place.transport().equals("docker-archive") || place.transport().equals("dir")) {
            imported = importer.withConfig(
                    imported,
                    skopeo.inspectConfig(
                            place.source(), RegistryOptions.defaults(), context.platform(), context.work()));
        }
        return new Acquired(
                "archive",
                reference,
                imported.manifest().digest(),
                imported.layers(),
                imported.config().config(),
                imported.platform(context.platform()),
                imported.config().created(),
                imported.manifest());
    }

    private static RuntimeException failure(Place place, String stderr) {
        SkopeoFailure failure = SkopeoFailure.of(stderr);
        if (failure.kind() == RegistryException.Kind.PLATFORM_MISSING) {
            return RegistryFailures.of(place.label(), stderr);
        }
        if (RegistryFailures.isFull(failure.reason())) {
            return RegistryFailures.full(place.label(), failure.reason());
        }
        if (RegistryFailures.isDamaged(failure.reason())) {
            return RegistryFailures.damaged(place.label(), failure.reason());
        }
        return new SourceException(
                "Tried to read the image " + place.label() + ", but " + failure.reason() + ".", hint(place));
    }

    private static String hint(Place place) {
        return switch (place.transport()) {
            case "oci" -> "Check that it is an OCI layout, and that a tag given after the colon is in its index.json.";
            case "oci-archive" ->
                "Check that it is a tar file of an OCI layout; one of `docker save` is docker-archive:.";
            default ->
                "Check that it was written by `docker save`; a root file system is named without docker-archive:.";
        };
    }
}
