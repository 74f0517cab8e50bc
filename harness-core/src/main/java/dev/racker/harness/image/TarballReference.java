package dev.racker.harness.image;

import java.nio.file.Path;

/**
 * A root file system in a tar file, compressed or not: {@code ./rootfs.tar.xz}.
 *
 * @param path the file, as typed: it starts with {@code /}, {@code ./} or {@code ../}
 */
public record TarballReference(Path path) implements ImageReference {

    /** Checks the ending, and puts {@code ./} before a path that starts with a name. */
    public TarballReference {
        path = ReferenceParser.explicit(path, false);
    }

    @Override
    public ImageReference absolute() {
        return new TarballReference(path.toAbsolutePath().normalize());
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
