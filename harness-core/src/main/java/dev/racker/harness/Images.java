package dev.racker.harness;

import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.acquire.CuratedRelease.Provisioning;
import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.acquire.ImagePuller;
import dev.racker.harness.acquire.PullRequest;
import dev.racker.harness.acquire.PullResult;
import dev.racker.harness.distribution.Provisioner;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.CuratedReference;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.InvalidReferenceException;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The images that can be used, and how they come into the store and become bootable. */
public final class Images {

    private final Store store;
    private final Supplier<CuratedReleases> curated;
    private final Supplier<ImagePuller> puller;
    private final Supplier<Provisioner> provisioner;
    private final Leftovers leftovers;
    private final ImageIds ids;
    private final ImageRemoval removal;
    private final Events events;

    Images(
            Store store,
            Supplier<CuratedReleases> curated,
            Supplier<ImagePuller> puller,
            Supplier<Provisioner> provisioner,
            Leftovers leftovers,
            Events events) {
        this.store = store;
        this.curated = curated;
        this.puller = puller;
        this.provisioner = provisioner;
        this.leftovers = leftovers;
        this.ids = new ImageIds(store.images());
        this.events = events;
        this.removal = new ImageRemoval(store, events);
    }

    /**
     * Reads what a user typed: a label of the catalogue, the id of an image in the store or its beginning, or anything
     * that {@link ImageReference#parse(String)} reads. Paths are taken from the working directory. Of a release's labels it is always the same one that comes back, so that
     * the image is in the store once.
     *
     * @throws dev.racker.harness.image.InvalidReferenceException when it is neither
     */
    public ImageReference reference(String text) {
        if (ImageIds.isId(text) && !isName(text)) {
            Optional<String> name = ids.unambiguous(text);
            if (name.isPresent()) {
                return ImageReference.parse(name.get(), this::isLabel).absolute();
            }
        }
        ImageReference reference = ImageReference.parse(text, this::isLabel).absolute();
        if (reference instanceof CuratedReference && !store.images().contains(text)) {
            return curated.get()
                    .byLabel(text)
                    .<ImageReference>map(release -> new CuratedReference(release.label()))
                    .orElse(reference);
        }
        return reference;
    }

    private boolean isName(String text) {
        return text.length() < ImageIds.LONGEST
                && store.images().contains(ImageReference.parse(text).toString());
    }

    /** The store is asked first: the catalogue takes longer to read than a machine needs to start. */
    private boolean isLabel(String text) {
        if (text.indexOf('/') >= 0 || text.indexOf(':') >= 0) {
            return false;
        }
        if (store.images().contains(text)) {
            return true;
        }
        String plain = ImageReference.parse(text).toString();
        return !store.images().contains(plain) && curated.get().byLabel(text).isPresent();
    }

    /** Finds an image in the store. */
    public Optional<StoredImage> find(ImageReference reference) {
        return store.images().find(reference.toString());
    }

    /** Pulls an image, when its source has a newer one than the store. */
    public PullResult pull(PullRequest request, Progress progress) {
        PullResult result = puller.get().pull(request, progress);
        events.note(
                "image",
                "pull",
                request.reference().toString(),
                "name",
                result.image().name());
        return result;
    }

    /**
     * Gives an image out of the store, pulled first as the policy says.
     *
     * @throws HarnessException when it is not there and may not be pulled
     */
    public StoredImage get(PullRequest request, PullPolicy policy, Progress progress) {
        Optional<StoredImage> stored = policy == PullPolicy.ALWAYS ? Optional.empty() : find(request.reference());
        if (stored.isPresent()) {
            return stored.get();
        }
        if (policy == PullPolicy.NEVER) {
            throw new HarnessException(
                    "Tried to use " + request.reference() + ", but it is not in the store and may not be pulled.",
                    "Pull it first: racker pull " + request.reference());
        }
        return pull(request, progress).image();
    }

    /**
     * Gives an image its init when it has none, and does once what its machines would do at each boot.
     *
     * @throws HarnessException when it has no init and no package manager that could install one
     */
    @SuppressWarnings("try") // the locks are only held
    public StoredImage bootable(StoredImage image, Progress progress) {
        if (image.boot() == Boot.NONE) {
            throw new HarnessException(
                    "Tried to boot " + image.name() + ", but it has no init and no package manager that is known.",
                    "Run its command without booting it: --systemd=false.");
        }
        if (image.bootLayer() != null) {
            return image;
        }
        String id = ContainerIds.machine();
        try (Lock lock = new Claims(store).await(id);
                Lock pin = store.garbage().pin()) {
            try {
                StoredImage bootable = image.boot() == Boot.NATIVE
                        ? provisioner.get().update(image, id)
                        : provisioner.get().provision(image, id, needs(image), progress);
                record(image, bootable);
                return bootable;
            } catch (RuntimeException | Error failure) {
                discard(id, failure);
                throw failure;
            }
        }
    }

    /** Meanwhile the name may have gone, or to another image. */
    private void record(StoredImage image, StoredImage bootable) {
        if (store.images().find(image.name()).equals(Optional.of(image))) {
            store.images().put(bootable);
        }
    }

    /** Usually the machine has cleaned up after itself; not when it was never started. */
    private void discard(String id, Throwable failure) {
        try {
            leftovers.remove(store.paths().machineRun(id));
            store.containers().sweep(id::equals);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private Provisioning needs(StoredImage image) {
        ImageReference reference = reference(image.name());
        Optional<CuratedRelease> release = Optional.empty();
        if (reference instanceof CuratedReference label) {
            release = curated.get().byLabel(label.label());
        } else if (reference instanceof RegistryReference registry) {
            release = curated.get().byReference(registry);
        }
        return release.map(CuratedRelease::provisioning).orElseGet(Provisioning::usual);
    }

    /**
     * Finds an image in the store by what a user typed: its name, or its id or the beginning of that.
     *
     * @throws NoSuchImageException when there is none
     */
    public StoredImage stored(String text) {
        return named(text).stream()
                .findFirst()
                .flatMap(store.images()::find)
                .orElseThrow(() -> new NoSuchImageException(text));
    }

    /** The names in the store that a text stands for, by name or by id; none when there is no such image. */
    List<String> named(String text) {
        try {
            String name = reference(text).toString();
            if (store.images().contains(name)) {
                return ImageIds.isId(text) ? ids.names(text, name) : List.of(name);
            }
        } catch (InvalidReferenceException e) {
            return ids.names(text); // perhaps the beginning of a digest
        }
        return ids.names(text);
    }

    /**
     * Gives an image another name, which is taken from the image that had it.
     *
     * @throws NoSuchImageException when there is no such image
     * @throws HarnessException when the name is none of a registry's form
     */
    public void tag(String image, String name) {
        new ImageTags(store, events).tag(stored(image), name);
    }

    /**
     * Takes names from an image; all of them when none is given. An image without a name is called by its digest.
     *
     * @throws NoSuchImageException when there is no such image
     */
    public void untag(String image, List<String> names) {
        new ImageTags(store, events).untag(stored(image), names);
    }

    /**
     * Removes an image, by name or by the beginning of its digest, and the layers that nobody else needs.
     *
     * @param force whether stopped containers of the image are removed too, and a missing image is no failure
     * @return what was removed, a line each, in docker's words
     * @throws NoSuchImageException when there is no such image
     * @throws HarnessException when a container uses it
     */
    public List<String> remove(String text, boolean force) {
        return removal.remove(text, named(text), force);
    }

    /** Removes images that no container uses. */
    public ImageRemoval.Pruned prune(Predicate<StoredImage> which) {
        return removal.prune(which);
    }
}
