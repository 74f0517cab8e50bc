package dev.racker.harness.image;

import java.nio.file.Path;

/**
 * An image in a file that {@code docker save} wrote: {@code docker-archive:FILE[:name:tag]}.
 *
 * @param path the file, as typed; holds no colon
 * @param tag the image's name in the file, like {@code debian:bookworm}, or {@code @0} for the first; null when the
 *     file has but one image
 */
public record DockerArchiveReference(Path path, String tag) implements ImageReference {

    /** Checks path and name. */
    public DockerArchiveReference {
        path = ReferenceParser.checkedPath("docker-archive:", path);
        ReferenceParser.checkArchiveName("docker-archive:" + path + ":" + tag, tag);
    }

    @Override
    public ImageReference absolute() {
        return new DockerArchiveReference(path.toAbsolutePath().normalize(), tag);
    }

    @Override
    public String toString() {
        return "docker-archive:" + path + (tag == null ? "" : ":" + tag);
    }
}
