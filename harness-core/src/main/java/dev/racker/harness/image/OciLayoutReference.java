package dev.racker.harness.image;

import java.nio.file.Path;

/**
 * An image in an OCI layout directory: {@code oci:DIR[:tag]}.
 *
 * @param path the directory, as typed; holds no colon
 * @param tag the image's {@code org.opencontainers.image.ref.name}; null when the layout has but one image
 */
public record OciLayoutReference(Path path, String tag) implements ImageReference {

    /** Checks path and tag. */
    public OciLayoutReference {
        path = ReferenceParser.checkedPath("oci:", path);
        ReferenceParser.checkRefName("oci:" + path + ":" + tag, tag);
    }

    @Override
    public ImageReference absolute() {
        return new OciLayoutReference(path.toAbsolutePath().normalize(), tag);
    }

    @Override
    public String toString() {
        return "oci:" + path + (tag == null ? "" : ":" + tag);
    }
}
