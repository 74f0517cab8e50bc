package dev.racker.harness.store;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An image that is ready to be used: its layers are in the store.
 *
 * <p>An image may have several names; each has a record of its own, as docker's tags have, so removing or pulling one
 * name leaves the others as they are.
 *
 * @param name the name it is found by, as {@code ImageReference.toString()} gives it
 * @param reference where it came from, as the user or the catalogue named it
 * @param digest of the manifest, or of the content when there is no manifest
 * @param created when its maker made it; {@link Instant#EPOCH} when it does not say
 * @param pulled when it came into this store
 * @param size bytes on disk of all its layers
 * @param layers lowest first, shifted ids; never empty
 * @param config how it wants to be run
 * @param source how it was had: {@code registry}, {@code bootstrap}, {@code archive}, ...
 * @param platform what it runs on
 * @param family the {@code ID} of its os-release, or empty
 * @param boot whether and how it boots
 * @param bootLayer the layer that makes it bootable when {@code boot} is {@link Boot#LAYER}; the one that spares its
 *     machines work at each boot when it is {@link Boot#NATIVE}, or null as long as that is not made; else null
 */
public record StoredImage(
        String name,
        String reference,
        Digest digest,
        Instant created,
        Instant pulled,
        long size,
        List<LayerId> layers,
        ImageConfig config,
        String source,
        Platform platform,
        String family,
        Boot boot,
        LayerId bootLayer) {

    /** Whether and how an image boots. */
    public enum Boot {
        /** It has an init of its own. */
        NATIVE,
        /** A layer of ours adds the init. */
        LAYER,
        /** It has no init, and none can be added. */
        NONE,
        /** Nobody has looked yet, or the layer is not made yet. */
        PENDING
    }

    /** Takes a copy of the layers, and checks that a boot layer is named when there has to be one. */
    public StoredImage {
        Objects.requireNonNull(name);
        Objects.requireNonNull(reference);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(created);
        Objects.requireNonNull(pulled);
        Objects.requireNonNull(config);
        Objects.requireNonNull(source);
        Objects.requireNonNull(platform);
        Objects.requireNonNull(family);
        Objects.requireNonNull(boot);
        layers = List.copyOf(layers);
        if (name.isEmpty() || layers.isEmpty()) {
            throw new IllegalArgumentException("an image needs a name and a layer");
        }
        if (boot != Boot.NATIVE && (boot == Boot.LAYER) != (bootLayer != null)) {
            throw new IllegalArgumentException("a boot layer is named exactly when there is one");
        }
    }

    /** All its layers, the one for its boot last, in one variant. */
    public List<LayerId> stack(IdMapping mapping) {
        List<LayerId> stack = new ArrayList<>(layers.size() + 1);
        for (LayerId layer : layers) {
            stack.add(layer.variant(mapping));
        }
        if (bootLayer != null) {
            stack.add(bootLayer.variant(mapping));
        }
        return stack;
    }

    /** The same image under another name. */
    public StoredImage withName(String newName) {
        return new StoredImage(
                newName, reference, digest, created, pulled, size, layers, config, source, platform, family, boot,
                bootLayer);
    }

    /** The same image with what is now known about its boot; {@code layer} is null when that has none. */
    public StoredImage withBoot(Boot newBoot, LayerId layer) {
        return new StoredImage(
                name, reference, digest, created, pulled, size, layers, config, source, platform, family, newBoot,
                layer);
    }
}
