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
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The images that can be used, and how they come into the store and become bootable. */
public final class Images {

    private static final int SHORTEST_ID = 4;

    private final Store store;
    private final Supplier<CuratedReleases> curated;
    private final Supplier<ImagePuller> puller;
    private final Supplier<Provisioner> provisioner;
    private final Leftovers leftovers;

    Images(
            Store store,
            Supplier<CuratedReleases> curated,
            Supplier<ImagePuller> puller,
            Supplier<Provisioner> provisioner,
            Leftovers leftovers) {
        this.store = store;
        this.curated = curated;
        this.puller = puller;
        this.provisioner = provisioner;
        this.leftovers = leftovers;
    }

    /**
     * Reads what a user typed: a label of the catalogue, or anything that {@link ImageReference#parse(String)} reads.
     * Paths are taken from the working directory. Of a release's labels it is always the same one that comes back, so that
     * the image is in the store once.
     *
     * @throws dev.racker.harness.image.InvalidReferenceException when it is neither
     */
    public ImageReference reference(String text) {
        ImageReference reference = ImageReference.parse(text, this::isLabel).absolute();
        if (reference instanceof CuratedReference && !store.images().contains(text)) {
            return curated.get()
                    .byLabel(text)
                    .<ImageReference>map(release -> new CuratedReference(release.label()))
                    .orElse(reference);
        }
        return reference;
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
        return puller.get().pull(request, progress);
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
     * Gives an image its init when it has none.
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
        if (image.boot() != Boot.PENDING) {
            return image;
        }
        String id = ContainerIds.next();
        try (Lock lock = new Claims(store).await(id);
                Lock pin = store.garbage().pin()) {
            try {
                return provisioner.get().provision(image, id, needs(image), progress);
            } catch (RuntimeException | Error failure) {
                discard(id, failure);
                throw failure;
            }
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
     * Removes an image, by name or by the beginning of its digest, and the layers that nobody else needs.
     *
     * @param force whether stopped containers of the image are removed too, and a missing image is no failure
     * @return what was removed, a line each, in docker's words
     * @throws HarnessException when there is no such image, or a container uses it
     */
    public List<String> remove(String text, boolean force) {
        List<String> names = named(text);
        if (names.isEmpty()) {
            List<String> deleted = collect(); // an earlier removal leaves that to a later one while somebody pulls
            if (force) {
                return deleted;
            }
            throw new HarnessException(
                    "Tried to remove image \"" + text + "\", but there is no such image.", "See `racker images`.");
        }
        List<String> removed = new ArrayList<>();
        for (String name : names) {
            release(name, force);
            store.images().remove(name);
            removed.add("Untagged: " + name);
        }
        removed.addAll(collect());
        return removed;
    }

    private List<String> collect() {
        List<String> deleted = new ArrayList<>();
        for (LayerId layer : store.garbage().collect().layers()) {
            deleted.add("Deleted: " + layer.value());
        }
        return deleted;
    }

    /** The names that a text stands for; of an image whose record is damaged, its name is all that is known. */
    private List<String> named(String text) {
        String name;
        try {
            name = reference(text).toString();
        } catch (InvalidReferenceException e) {
            name = text; // perhaps a digest
        }
        if (store.images().contains(name)) {
            return List.of(name);
        }
        String digest = text.startsWith("sha256:") ? text.substring("sha256:".length()) : text;
        return store.images().list().images().stream()
                .filter(image ->
                        digest.length() >= SHORTEST_ID && image.digest().hex().startsWith(digest))
                .map(StoredImage::name)
                .toList();
    }

    /** Refuses when a container of the image, and of no other name of the same image, is there. */
    @SuppressWarnings("try") // the lock is only held
    private void release(String image, boolean force) {
        for (ContainerRecord container : store.containers().list()) {
            if (!container.image().equals(image)) {
                continue;
            }
            Optional<Lock> idle = new Claims(store).claim(container.id());
            if (idle.isEmpty()) {
                throw new HarnessException(
                        "Tried to remove image " + image + ", but the running container " + container.name()
                                + " uses it.",
                        "End that container first.");
            }
            try (Lock lock = idle.get()) {
                if (!force) {
                    throw new HarnessException(
                            "Tried to remove image " + image + ", but the stopped container " + container.name()
                                    + " uses it.",
                            "Remove that container with `racker rm " + container.name() + "`, or use --force.");
                }
                store.containers().remove(container);
            }
        }
    }
}
