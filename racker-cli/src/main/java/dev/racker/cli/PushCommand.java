package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.NoSuchImageException;
import dev.racker.harness.Session;
import dev.racker.harness.acquire.ImagePusher;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.DirectoryReference;
import dev.racker.harness.image.DockerArchiveReference;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.OciArchiveReference;
import dev.racker.harness.image.OciLayoutReference;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Value;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sends an image to a registry. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = "Send an image to its registry, or to another place.")
final class PushCommand extends DeclaredCommand {

    private final Session session;

    private final RegistryFlags registry = include(new RegistryFlags());

    private final Flag all = flag("-a, --all-tags", "Send all images of this repository.");

    private final Flag quiet = flag("-q, --quiet", "Print only where it was sent to, and nothing while working.");

    private final Value<Path> digestFile =
            value(Path.class, "--digestfile", "FILE", "Write the digest that the image has there to this file.");

    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image, by name or id.")
    private String image;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DESTINATION",
            description =
                    "Where to send it, when the image's own name does not say that: HOST/NAME:TAG, oci:DIR[:TAG], "
                            + "oci-archive:FILE[:TAG], docker-archive:FILE[:NAME:TAG] or dir:PATH.")
    private String destination;

    PushCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        registry.options(); // a wrong one is told before anything is done
        return session.interruptible(signals -> all.isSet() ? pushAll() : pushOne());
    }

    private int pushOne() {
        Harness harness = session.harness(Tool.SKOPEO);
        StoredImage stored = harness.images().stored(image);
        ImageReference target = destination == null ? ownName(stored) : ImageReference.parse(destination);
        push(stored, target.absolute());
        return ExitStatus.OK;
    }

    private int pushAll() {
        Harness harness = session.harness(Tool.SKOPEO);
        if (destination != null) {
            throw new HarnessException(
                    "Tried to push all tags of " + image + " to " + destination
                            + ", but they go where their names say.",
                    "Leave one of both out.");
        }
        List<StoredImage> tags = harness.store().images().list().images().stream()
                .filter(stored -> ImageName.of(stored).repository().equals(image))
                .toList();
        if (tags.isEmpty()) {
            throw new NoSuchImageException(image);
        }
        tags.forEach(stored -> push(stored, ownName(stored)));
        return ExitStatus.OK;
    }

    private ImageReference ownName(StoredImage stored) {
        return ImageName.registry(stored.name())
                .filter(name -> name.tag() != null)
                .orElseThrow(() -> new HarnessException(
                        "Tried to push " + stored.name() + ", but its name says no registry.",
                        "Name the place too: racker push " + image + " HOST/NAME:TAG"));
    }

    private void push(StoredImage stored, ImageReference target) {
        ImagePusher pusher = new ImagePusher(session.harness().store(), session.runner());
        PrintStream out = session.out();
        Digest digest;
        if (target instanceof RegistryReference name) {
            String tag = tag(name);
            if (!quiet.isSet()) {
                out.println("The push refers to repository [" + name.name() + "]");
            }
            digest = pusher.push(stored, name, registry.options(), session.progress(quiet.isSet()));
            session.harness().events().note("image", "push", name.toString(), "name", stored.name());
            out.println(quiet.isSet() ? name.familiar() : tag + ": digest: " + digest);
        } else if (target instanceof OciLayoutReference
                || target instanceof OciArchiveReference
                || target instanceof DockerArchiveReference
                || target instanceof DirectoryReference) {
            digest = pusher.push(stored, target.toString(), session.progress(quiet.isSet()));
            out.println(quiet.isSet() ? target.toString() : target + ": digest: " + digest);
        } else {
            throw new HarnessException(
                    "Tried to push to " + target + ", but nothing can be pushed there.",
                    "Write HOST/NAME:TAG, oci:DIR, oci-archive:FILE, docker-archive:FILE or dir:PATH.");
        }
        writeDigest(digest);
    }

    private static String tag(RegistryReference name) {
        if (name.tag() == null) {
            throw new HarnessException(
                    "Tried to push to " + name + ", but a digest is no name to push to.", "Write NAME:TAG.");
        }
        return name.tag();
    }

    private void writeDigest(Digest digest) {
        if (digestFile.given() == null) {
            return;
        }
        try {
            Files.writeString(digestFile.given(), digest.toString());
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to write the digest " + digest + " to " + digestFile.given() + ", but: " + e.getMessage()
                            + ".",
                    "The image was pushed; check the path.",
                    e);
        }
    }
}
