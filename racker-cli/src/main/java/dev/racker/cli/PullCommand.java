package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.acquire.PullResult;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.CuratedReference;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Value;
import java.io.PrintStream;
import picocli.CommandLine.Command;

/** Brings an image into the store. */
@Command(name = "pull", mixinStandardHelpOptions = true, description = "Bring an image into the store.")
final class PullCommand extends DeclaredCommand {

    private final Session session;

    private final ImageOptions options = include(new ImageOptions());

    private final Flag quiet = flag("-q, --quiet", "Print only the image's name, and nothing while working.");

    private final Value<String> image = word(
            "IMAGE",
            "debian, debian:bookworm-slim, quay.io/NAME:TAG, docker://HOST:PORT/NAME:TAG, NAME@DIGEST, a "
                    + "label such as debian-bookworm, oci:DIR[:TAG], oci-archive:FILE, docker-archive:FILE, dir:PATH, "
                    + "or a tarball or squashfs file by path or URL.");

    PullCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(signals -> pull());
    }

    private int pull() {
        options.check();
        Harness harness = session.harness(Tool.SKOPEO);
        ImageReference reference = harness.images().reference(image.given());
        PrintStream out = session.out();
        if (!quiet.isSet() && reference instanceof RegistryReference registry) {
            String what = registry.tag() == null ? registry.digest().toString() : registry.tag();
            out.println(what + ": Pulling from " + registry.repository());
        }
        PullResult result = harness.images().pull(options.request(reference), session.progress(quiet.isSet()));
        if (!quiet.isSet()) {
            out.println("Digest: " + result.image().digest());
            String familiar = familiar(reference);
            out.println(
                    result.isNew()
                            ? "Status: Downloaded newer image for " + familiar
                            : "Status: Image is up to date for " + familiar);
        }
        out.println(reference);
        return ExitStatus.OK;
    }

    static String familiar(ImageReference reference) {
        if (reference instanceof RegistryReference registry) {
            return registry.familiar();
        }
        return reference instanceof CuratedReference label ? label.label() : reference.toString();
    }
}
