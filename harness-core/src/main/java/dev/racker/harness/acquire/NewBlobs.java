package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.OciLayout.Descriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Blobs of an image in the making; those that were not there before go when it comes to nothing. */
final class NewBlobs implements AutoCloseable {

    private final OciLayout oci;
    private final List<Digest> added = new ArrayList<>();

    NewBlobs(OciLayout oci) {
        this.oci = oci;
        oci.create();
    }

    Descriptor put(String mediaType, byte[] document) {
        boolean known = Files.exists(oci.blob(Sha256.of(document)));
        Descriptor blob = oci.put(mediaType, document);
        if (!known) {
            added.add(blob.digest());
        }
        return blob;
    }

    Descriptor adopt(String mediaType, Path file, Digest digest) {
        if (!Files.exists(oci.blob(digest))) {
            added.add(digest);
        }
        return oci.adopt(mediaType, file, digest);
    }

    /** Says that the image is complete. */
    void keep() {
        added.clear();
    }

    @Override
    public void close() {
        added.forEach(oci::removeBlob);
    }
}
