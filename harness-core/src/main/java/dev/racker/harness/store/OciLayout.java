package dev.racker.harness.store;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An OCI image layout on disk: blobs by digest, and an index of what they are (image-spec, image-layout.md).
 *
 * <p>Changes of the index are made under a lock, so that two pulls do not lose each other's entries; a program that
 * writes the index itself, as skopeo does, must not be let at it.
 */
public final class OciLayout {

    private static final byte[] VERSION = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

    /** Far above any manifest or configuration (registries refuse manifests above 4 MiB). */
    private static final long LARGEST_DOCUMENT = 64L << 20;

    private final Path directory;
    private final OciIndex index;

    /** Opens the layout in a directory, which need not be there yet. */
    public OciLayout(Path directory, Locks locks) {
        this.directory = directory;
        this.index = new OciIndex(directory.resolve("index.json"), locks);
    }

    /**
     * A reference to a blob: the OCI image specification's descriptor.
     *
     * @param mediaType empty when the document names none
     * @param size in bytes; negative when it is not known
     * @param platform null when the descriptor names none
     * @param refName the annotation {@code org.opencontainers.image.ref.name}; null when there is none
     */
    public record Descriptor(String mediaType, Digest digest, long size, Platform platform, String refName) {

        /** A blob of which only the digest is known. */
        public static Descriptor of(Digest digest) {
            return new Descriptor("", digest, -1, null, null);
        }

        /** The same blob under a name. */
        public Descriptor named(String newRefName) {
            return new Descriptor(mediaType, digest, size, platform, newRefName);
        }
    }

    /** An image manifest: its configuration, and its layers, lowest first. */
    public record Manifest(Digest digest, Descriptor config, List<Descriptor> layers) {}

    /**
     * An image configuration.
     *
     * @param created {@link Instant#EPOCH} when it does not say
     * @param diffIds the digests of the uncompressed layers, lowest first
     */
    public record Config(ImageConfig config, Platform platform, Instant created, List<Digest> diffIds) {}

    /** The name under which the image of this name is in the layout's index; safe for skopeo's grammar. */
    public static String refName(String imageName) {
        return "i" + Sha256.hex(imageName).substring(0, 32);
    }

    /** Where the layout is. */
    public Path directory() {
        return directory;
    }

    /** Where the blobs are; what skopeo calls its shared blob directory. */
    public Path blobs() {
        return directory.resolve("blobs");
    }

    /** Where a blob is, or would be. */
    public Path blob(Digest digest) {
        return blobs().resolve(digest.algorithm()).resolve(digest.hex());
    }

    /** Makes the directory a layout when it is none yet. */
    public void create() {
        Path version = directory.resolve("oci-layout");
        if (!Files.exists(version)) {
            AtomicFiles.write(version, VERSION);
        }
        try {
            Files.createDirectories(blobs().resolve("sha256"));
        } catch (IOException e) {
            throw StoreFailures.of("make the directory " + blobs(), e);
        }
    }

    /**
     * Opens a blob; reading it to its end proves digest and size.
     *
     * @throws DigestMismatchException when it is not there
     */
    public VerifyingInputStream open(Descriptor descriptor) {
        try {
            InputStream in = Files.newInputStream(blob(descriptor.digest()));
            return new VerifyingInputStream(in, descriptor.digest(), descriptor.size());
        } catch (NoSuchFileException e) {
            throw new DigestMismatchException(descriptor.digest(), "it is not there", e);
        } catch (IOException e) {
            throw StoreFailures.of("read the blob " + descriptor.digest(), e);
        }
    }

    /** What the layout's index lists. */
    public List<Descriptor> index() {
        return index.entries();
    }

    /** What the index lists under this name. */
    public Optional<Descriptor> entry(String refName) {
        return index.entry(refName);
    }

    /** Lists a manifest in the index under this name, in place of what was there. */
    public void putEntry(String refName, Descriptor manifest) {
        create();
        index.put(refName, manifest);
    }

    /** Takes a name out of the index; says whether it was there. */
    public boolean removeEntry(String refName) {
        return index.remove(refName);
    }

    /** Keeps only these entries of the index. */
    void retainEntries(Set<Descriptor> kept) {
        index.retain(kept);
    }

    /**
     * Reads an image manifest, of OCI or of docker's schema 2.
     *
     * @throws DigestMismatchException when the blob is not there, or not what its digest says
     */
    public Manifest manifest(Digest digest) {
        return OciManifests.readManifest(digest, document(digest));
    }

    /**
     * Reads an index of manifests; empty when the digest is that of a manifest.
     *
     * @throws DigestMismatchException when the blob is not there, or not what its digest says
     */
    public List<Descriptor> manifests(Digest digest) {
        return OciManifests.readIndex(digest, document(digest));
    }

    /**
     * Reads an image configuration.
     *
     * @throws DigestMismatchException when the blob is not there, or not what its digest says
     */
    public Config config(Digest digest) {
        return OciDocuments.config(digest, document(digest));
    }

    /** Writes a document into a blob, unless it is there already; the caller lists it, or what refers to it. */
    public Descriptor put(String mediaType, byte[] document) {
        Digest digest = new Digest("sha256", Sha256.hex(document));
        if (!Files.exists(blob(digest))) {
            AtomicFiles.write(blob(digest), document);
        }
        return new Descriptor(mediaType, digest, document.length, null, null);
    }

    /** Moves a file of this digest to its place among the blobs; it must be on the same file system. */
    public Descriptor adopt(String mediaType, Path file, Digest digest) {
        try {
            long size = Files.size(file);
            Files.createDirectories(blob(digest).getParent());
            Files.move(file, blob(digest), StandardCopyOption.ATOMIC_MOVE);
            return new Descriptor(mediaType, digest, size, null, null);
        } catch (IOException e) {
            throw StoreFailures.of("keep the blob " + digest, e);
        }
    }

    /** Removes a blob, damaged or not, so that the next pull fetches it again; says whether it was there. */
    public boolean removeBlob(Digest digest) {
        try {
            return Files.deleteIfExists(blob(digest));
        } catch (IOException e) {
            throw StoreFailures.of("remove the blob " + digest, e);
        }
    }

    /** All blobs that are there. */
    public Set<Digest> listBlobs() {
        Set<Digest> digests = new HashSet<>();
        for (String algorithm : names(blobs())) {
            for (String hex : names(blobs().resolve(algorithm))) {
                if (OciDocuments.isDigest(algorithm, hex)) {
                    digests.add(new Digest(algorithm, hex));
                }
            }
        }
        return digests;
    }

    /** All blobs that these entries lead to, themselves included; a damaged document leads nowhere. */
    public Set<Digest> referenced(Iterable<Descriptor> entries) {
        Set<Digest> found = new HashSet<>();
        List<Digest> todo = new ArrayList<>();
        entries.forEach(entry -> todo.add(entry.digest()));
        while (!todo.isEmpty()) {
            Digest digest = todo.remove(todo.size() - 1);
            if (found.add(digest) && Files.exists(blob(digest))) {
                OciDocuments.addReferences(this, digest, todo, found);
            }
        }
        return found;
    }

    /** Removes what a killed writer left beside index and blobs; the caller knows that nobody writes. */
    void removeTemporary() {
        for (String name : names(directory)) {
            if (isTemporary(name)) {
                try {
                    Files.deleteIfExists(directory.resolve(name));
                } catch (IOException e) {
                    throw StoreFailures.of("remove " + directory.resolve(name), e);
                }
            }
        }
    }

    boolean hasTemporary() {
        for (String name : names(directory)) {
            if (isTemporary(name)) {
                return true;
            }
        }
        return false;
    }

    /** {@code oci-put-blob} is skopeo's (containers/image, oci/layout/oci_dest.go). */
    private static boolean isTemporary(String name) {
        return name.startsWith(StorePaths.TEMPORARY_PREFIX) || name.startsWith("oci-put-blob");
    }

    /**
     * Reads a document as it is, byte for byte.
     *
     * @throws DigestMismatchException when the blob is not there, or not what its digest says
     */
    public byte[] document(Digest digest) {
        try (VerifyingInputStream in = open(Descriptor.of(digest))) {
            long size = Files.size(blob(digest));
            if (size > LARGEST_DOCUMENT) {
                throw new DigestMismatchException(digest, "with " + size + " bytes it is no JSON document", null);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw StoreFailures.of("read the blob " + digest, e);
        }
    }

    private static List<String> names(Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (NoSuchFileException | java.nio.file.NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw StoreFailures.of("list " + directory, e);
        }
        return names;
    }
}
