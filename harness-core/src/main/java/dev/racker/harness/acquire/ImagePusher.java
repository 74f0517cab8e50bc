package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends images of the store to registries, and to whatever else skopeo writes. */
public final class ImagePusher {

    private final Store store;
    private final Skopeo skopeo;
    private final ImageLayouts layouts;

    /** Creates a pusher that runs skopeo and tar with {@code runner}. */
    public ImagePusher(Store store, CommandRunner runner) {
        this.store = store;
        this.skopeo = new Skopeo(runner);
        this.layouts = new ImageLayouts(store, runner);
    }

    /** Sends an image to a registry, and gives the digest that its manifest has there. */
    public Digest push(StoredImage image, RegistryReference destination, RegistryOptions options, Progress progress) {
        return push(image, RegistrySource.source(destination, null), destination.host(), options, progress);
    }

    /**
     * Sends an image to a file or directory, and gives the digest that its manifest has there.
     *
     * @param destination as containers-transports(5) has it, with an absolute path: {@code oci:/srv/app:1}
     */
    public Digest push(StoredImage image, String destination, Progress progress) {
        return push(image, destination, "", RegistryOptions.defaults(), progress);
    }

    @SuppressWarnings("try") // the pin and the task are held, not used
    private Digest push(
            StoredImage image, String destination, String host, RegistryOptions options, Progress progress) {
        store.garbage().sweepTemporary();
        try (WorkDirectory work = WorkDirectory.create(store);
                Lock pin = store.garbage().pin();
                CredentialsFile credentials = CredentialsFile.write(options, host, work.path())) {
            LocatedImage located = layouts.locate(image, work.path(), progress);
            Path digest = work.path().resolve("digest");
            try (Progress.Task task = progress.begin("Pushing " + image.name(), -1)) {
                skopeo.send(
                        located.source(),
                        destination,
                        new SendOptions(credentials.options(), null, digest),
                        work.path());
                task.finish();
            }
            return Digest.parse(Files.readString(digest).strip());
        } catch (IOException e) {
            throw new SourceException(
                    "Tried to push " + image.name() + ", but: " + e.getMessage() + ".",
                    "Check the free space in " + store.paths().directories().state() + ".",
                    e);
        }
    }
}
