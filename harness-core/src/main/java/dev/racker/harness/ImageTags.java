package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.util.List;

/** Gives names to images of the store and takes them away; the images themselves stay. */
final class ImageTags {

    private final Store store;
    private final Events events;

    ImageTags(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    void tag(StoredImage image, String name) {
        ImageReference target = ImageReference.parse(name);
        if (!(target instanceof RegistryReference registry) || registry.digest() != null) {
            throw new HarnessException(
                    "Tried to tag " + image.name() + " as \"" + name + "\", but that is not NAME[:TAG].",
                    "Write a name such as app:1 or localhost:5000/team/app:1.");
        }
        copy(image, registry.toString());
        events.note("image", "tag", image.digest().toString(), "name", registry.toString());
    }

    /** The blobs are listed under the new name before the image is there, so that no collection can take them. */
    @SuppressWarnings("try") // the pin is only held
    private void copy(StoredImage image, String name) {
        try (Lock pin = store.garbage().pin()) {
            StoredImage now = store.images()
                    .find(image.name())
                    .filter(found -> found.digest().equals(image.digest()))
                    .orElseThrow(() -> new NoSuchImageException(image.name()));
            store.oci()
                    .entry(OciLayout.refName(image.name()))
                    .ifPresent(manifest -> store.oci().putEntry(OciLayout.refName(name), manifest));
            store.images().put(now.withName(name));
        }
    }

    void untag(StoredImage image, List<String> names) {
        List<String> all = namesOf(image);
        List<String> taken = names.isEmpty()
                ? all
                : names.stream()
                        .map(name -> ImageReference.parse(name).toString())
                        .toList();
        for (String name : taken) {
            if (!all.contains(name)) {
                throw new HarnessException(
                        "Tried to take the name " + name + " from " + image.name() + ", but that is not its name.",
                        "Its names are " + String.join(", ", all) + ".");
            }
        }
        String digest = image.digest().toString();
        if (taken.containsAll(all) && !all.contains(digest)) {
            copy(image, digest);
        }
        for (String name : taken) {
            if (!name.equals(digest)) {
                store.images().remove(name);
                store.oci().removeEntry(OciLayout.refName(name));
                events.note("image", "untag", digest, "name", name);
            }
        }
    }

    private List<String> namesOf(StoredImage image) {
        return store.images().list().images().stream()
                .filter(other -> other.digest().equals(image.digest()))
                .map(StoredImage::name)
                .toList();
    }
}
