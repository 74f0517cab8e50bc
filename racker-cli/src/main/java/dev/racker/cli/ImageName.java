package dev.racker.cli;

import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.store.StoredImage;
import java.util.Optional;

/**
 * The name of an image in the store, as docker's tables take it apart.
 *
 * @param repository {@code <none>} when the image has no name
 * @param tag {@code <none>} when it has none
 */
record ImageName(String repository, String tag) {

    static final String NOTHING = "<none>";

    static ImageName of(StoredImage image) {
        if (isUntagged(image)) {
            return new ImageName(NOTHING, NOTHING);
        }
        Optional<RegistryReference> registry = registry(image.name());
        return registry.isEmpty()
                ? new ImageName(image.name(), NOTHING)
                : new ImageName(
                        registry.get().familiarName(),
                        registry.get().tag() == null ? NOTHING : registry.get().tag());
    }

    /** Says whether the image has no name but its digest. */
    static boolean isUntagged(StoredImage image) {
        return image.name().equals(image.digest().toString());
    }

    /** The name in a registry; a label is none, though it reads like one. */
    static Optional<RegistryReference> registry(String name) {
        return name.indexOf('/') > 0 && ImageReference.parse(name) instanceof RegistryReference registry
                ? Optional.of(registry)
                : Optional.empty();
    }

    /** The name under which an image can be saved or shown as docker's tag; a label is a name of docker's there. */
    static Optional<RegistryReference> tagged(StoredImage image) {
        boolean isFile = image.name().startsWith("/");
        return !isUntagged(image)
                        && !isFile
                        && ImageReference.parse(image.name()) instanceof RegistryReference registry
                        && registry.tag() != null
                        && registry.digest() == null
                ? Optional.of(registry)
                : Optional.empty();
    }

    /** {@code repository:tag}, or the repository alone. */
    String text() {
        return tag.equals(NOTHING) ? repository : repository + ":" + tag;
    }
}
