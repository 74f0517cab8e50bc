package dev.racker.harness.image;

import java.nio.file.Path;

/**
 * An image in a tar file of an OCI layout: {@code oci-archive:FILE[:tag]}.
 *
 * @param path the file, as typed; holds no colon
 * @param tag the image's {@code org.opencontainers.image.ref.name}; null when the archive has but one image
 */
public record OciArchiveReference(Path path, String tag) implements ImageReference {

    /** Checks path and tag. */
    public OciArchiveReference {
        path = ReferenceParser.checkedPath("oci-archive:", path);
        ReferenceParser.checkRefName("oci-archive:" + path + ":" + tag, tag);
    }

    @Override
    public ImageReference absolute() {
        return new OciArchiveReference(path.toAbsolutePath().normalize(), tag);
    }

    @Override
    public String toString() {
        return "oci-archive:" + path + (tag == null ? "" : ":" + tag);
    }
}
