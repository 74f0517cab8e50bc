package dev.racker.harness.store;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An OCI image layout on disk: blobs by digest, and an index of what they are. */
public final class OciLayout {

    private final Path directory;
    private final Locks locks;

    /** Opens the layout in a directory, which need not be there yet. */
    public OciLayout(Path directory, Locks locks) {
        this.directory = directory;
        this.locks = locks;
    }

    /**
     * A reference to a blob, as the OCI image specification's descriptor.
     *
     * @param platform null when the descriptor names none
     * @param refName the annotation {@code org.opencontainers.image.ref.name}; null when there is none
     */
    public record Descriptor(String mediaType, Digest digest, long size, Platform platform, String refName) {}

    /** An image manifest: its configuration, and its layers, lowest first. */
    public record Manifest(Digest digest, Descriptor config, List<Descriptor> layers) {}

    /**
     * An image configuration.
     *
     * @param created {@link Instant#EPOCH} when it does not say
     * @param diffIds the digests of the uncompressed layers, lowest first
     */
    public record Config(ImageConfig config, Platform platform, Instant created, List<Digest> diffIds) {}

    /** Where the layout is. */
    public Path directory() {
        return directory;
    }

    /** The name under which the image of this name is in the layout's index; safe for skopeo's grammar. */
    public static String refName(String imageName) {
        return "i" + Sha256.hex(imageName).substring(0, 32);
    }

    /** Where a blob is, or would be. */
    public Path blob(Digest digest) {
        return directory.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    }

    /** Opens a blob; reading it to its end proves digest and size. */
    public InputStream open(Descriptor descriptor) {
        throw new UnsupportedOperationException(locks.toString());
    }

    /** What the index lists. */
    public List<Descriptor> index() {
        throw new UnsupportedOperationException();
    }

    /** What the index lists under this name. */
    public Optional<Descriptor> entry(String refName) {
        throw new UnsupportedOperationException();
    }

    /** Lists a manifest in the index under this name, in place of what was there. */
    public void putEntry(String refName, Descriptor manifest) {
        throw new UnsupportedOperationException();
    }

    /** Takes a name out of the index; says whether it was there. */
    public boolean removeEntry(String refName) {
        throw new UnsupportedOperationException();
    }

    /** Reads an image manifest, verified. */
    public Manifest manifest(Digest digest) {
        throw new UnsupportedOperationException();
    }

    /** Reads an image configuration, verified. */
    public Config config(Digest digest) {
        throw new UnsupportedOperationException();
    }

    /** Removes a blob, damaged or not, so that the next pull fetches it again; says whether it was there. */
    public boolean removeBlob(Digest digest) {
        throw new UnsupportedOperationException();
    }

    /** All blobs that these entries of the index lead to. */
    public Set<Digest> referenced(List<Descriptor> entries) {
        throw new UnsupportedOperationException();
    }
}
