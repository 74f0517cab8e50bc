package dev.racker.harness.image;

import java.nio.file.Path;

/**
 * A root file system in a directory: {@code dir:PATH}.
 *
 * @param path the directory, as typed
 */
public record DirectoryReference(Path path) implements ImageReference {

    /** Checks that there is a path. */
    public DirectoryReference {
        if (path.toString().isEmpty()) {
            throw new InvalidReferenceException("dir:", "it names no path", "Write the path after the colon.");
        }
    }

    @Override
    public ImageReference absolute() {
        return new DirectoryReference(path.toAbsolutePath().normalize());
    }

    @Override
    public String toString() {
        return "dir:" + path;
    }
}
