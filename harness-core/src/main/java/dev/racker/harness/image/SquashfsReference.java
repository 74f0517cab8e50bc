package dev.racker.harness.image;

import java.nio.file.Path;

/**
 * A root file system in a squashfs file: {@code ./rootfs.squashfs}.
 *
 * @param path the file, as typed: it starts with {@code /}, {@code ./} or {@code ../}
 */
public record SquashfsReference(Path path) implements ImageReference {

    /** Checks the ending, and puts {@code ./} before a path that starts with a name. */
    public SquashfsReference {
        path = ReferenceParser.explicit(path, true);
    }

    @Override
    public ImageReference absolute() {
        return new SquashfsReference(path.toAbsolutePath().normalize());
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
