package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.GarbageCollector;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Removes images, and what nobody needs without them. */
public final class ImageRemoval {

    private final Store store;
    private final Events events;
    private final StandbyPool standbys;

    ImageRemoval(Store store, Events events) {
        this.store = store;
        this.events = events;
        this.standbys = new StandbyPool(store);
    }

    /**
     * What was removed.
     *
     * @param lines in docker's words
     * @param bytes what the layers and blobs took on disk
     */
    public record Pruned(List<String> lines, long bytes) {

        /** Takes a copy. */
        public Pruned {
            lines = List.copyOf(lines);
        }
    }

    List<String> remove(String text, List<String> names, boolean force) {
        if (names.isEmpty()) {
            List<String> deleted = collect(); // an earlier removal leaves that to a later one while somebody pulls
            if (force) {
                return deleted;
            }
            throw new NoSuchImageException("remove", text);
        }
        List<String> removed = new ArrayList<>();
        for (String name : names) {
            standbys.retire(name);
            release(name, force);
            removed.addAll(forget(name));
        }
        removed.addAll(collect());
        return removed;
    }

    Pruned prune(Predicate<StoredImage> which) {
        Set<String> used = new HashSet<>();
        for (ContainerRecord container : store.containers().list()) {
            used.add(container.image());
        }
        standbys.settings().list().forEach(setting -> used.add(setting.image()));
        List<String> lines = new ArrayList<>();
        for (StoredImage image : store.images().list().images()) {
            if (!used.contains(image.name()) && which.test(image)) {
                lines.addAll(forget(image.name()));
            }
        }
        long trees = unneeded();
        GarbageCollector.Collected collected = store.garbage().collect();
        for (LayerId layer : collected.layers()) {
            lines.add("Deleted: " + layer.value());
        }
        return new Pruned(lines, collected.deferred() ? 0 : trees + collected.bytes());
    }

    /** The name as docker writes it, without the registry that it would take anyway. */
    private static String familiar(String name) {
        ImageReference reference = ImageReference.parse(name);
        boolean whole = reference.toString().equals(name); // a label of the catalogue would become another one
        return whole && reference instanceof RegistryReference registry ? registry.familiar() : name;
    }

    /** An image is gone with its last name; one without a name is called by its digest. */
    private List<String> forget(String name) {
        List<StoredImage> before = store.images().list().images();
        store.images().remove(name);
        Optional<String> digest = before.stream()
                .filter(image -> image.name().equals(name))
                .map(image -> image.digest().toString())
                .findFirst();
        List<String> lines = new ArrayList<>(2);
        if (!name.equals(digest.orElse(""))) {
            lines.add("Untagged: " + familiar(name));
        }
        if (digest.isPresent()) { // a damaged record tells none
            events.note("image", "untag", digest.get(), "name", name);
            if (before.stream().noneMatch(other -> isAnother(other, name, digest.get()))) {
                lines.add("Deleted: " + digest.get());
                events.note("image", "delete", digest.get(), "name", digest.get());
            }
        }
        return lines;
    }

    private static boolean isAnother(StoredImage image, String name, String digest) {
        return !image.name().equals(name) && image.digest().toString().equals(digest);
    }

    /** The bytes of the layers that a collection would remove now. */
    private long unneeded() {
        Set<LayerId> needed = new HashSet<>();
        store.containers().layersInUse().forEach(layer -> needed.add(layer.shifted()));
        store.images().list().images().forEach(image -> needed.addAll(image.stack(IdMapping.SHIFTED)));
        long bytes = 0;
        for (LayerId layer : store.layers().list()) {
            bytes += needed.contains(layer.shifted()) ? 0 : store.layers().size(layer);
        }
        return bytes;
    }

    private List<String> collect() {
        List<String> deleted = new ArrayList<>();
        for (LayerId layer : store.garbage().collect().layers()) {
            deleted.add("Deleted: " + layer.value());
        }
        return deleted;
    }

    /** Refuses when a container of the image, and of no other name of the same image, is there. */
    @SuppressWarnings("try") // the lock is only held
    private void release(String image, boolean force) {
        for (ContainerRecord container : store.containers().list()) {
            if (!container.image().equals(image)) {
                continue;
            }
            Optional<Lock> idle = new Claims(store).claim(container.shortId());
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
