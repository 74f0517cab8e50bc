package dev.racker.harness.acquire;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.CuratedReference;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Brings images into the store, wherever they come from.
 *
 * <p>What was in the store under a name stays usable until the new image is complete. Of two pulls of one name at the
 * same time the second waits for the first, in other processes too.
 */
public final class ImagePuller {

    private final Store store;
    private final CuratedReleases releases;
    private final Sources sources;
    private final ImageRecorder recorder;

    /**
     * Creates a puller.
     *
     * @param runner runs skopeo, mmdebstrap, tar and the programs that decompress
     * @param releases what is known of distributions, for labels and for the way without registry
     */
    public ImagePuller(Store store, CommandRunner runner, CuratedReleases releases) {
        this.store = store;
        this.releases = releases;
        this.sources = Sources.of(store, runner, releases);
        this.recorder = new ImageRecorder(store, runner);
    }

    /**
     * Pulls an image; does nothing when the store has what its source offers now.
     *
     * @throws RegistryException when its registry does not give it
     * @throws SourceException when what should become the image cannot be used
     * @throws HttpDownloadException when a tarball cannot be downloaded
     * @throws HarnessException when it cannot be unpacked or stored
     */
    @SuppressWarnings("try") // the pin is held, not used
    public PullResult pull(PullRequest request, Progress progress) {
        String name = request.reference().toString();
        store.garbage().sweepTemporary(); // what a killed pull has left takes room that this one needs
        try (WorkDirectory work = WorkDirectory.create(store, name);
                Lock pin = store.garbage().pin()) {
            Known known = new Known(store.images().find(name).orElse(null), store.layers());
            PullContext context =
                    new PullContext(name, request.platform(), request.registry(), known, work.path(), progress);
            Optional<Acquired> acquired = sources.bring(request, context);
            if (acquired.isEmpty()) {
                return new PullResult(known.image(), PullResult.Outcome.UP_TO_DATE);
            }
            BooleanSupplier provisioned = () -> hasQuirks(request.reference(), acquired.get());
            return new PullResult(recorder.record(name, acquired.get(), provisioned), PullResult.Outcome.DOWNLOADED);
        } catch (IOException e) {
            throw new SourceException(
                    "Tried to pull " + name + ", but: " + e.getMessage() + ".",
                    "Check the free space in " + store.paths().directories().state() + ".",
                    e);
        }
    }

    /** What is made from packages came from a mirror that works as it is. */
    private boolean hasQuirks(ImageReference reference, Acquired acquired) {
        Optional<CuratedRelease> release = Optional.empty();
        if (reference instanceof CuratedReference label) {
            release = releases.byLabel(label.label());
        } else if (reference instanceof RegistryReference registry) {
            release = releases.byReference(registry);
        }
        return release.isPresent()
                && !release.get().provisioning().quirks().isEmpty()
                && !acquired.source().equals("bootstrap");
    }
}
