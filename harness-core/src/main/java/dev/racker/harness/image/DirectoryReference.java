package dev.racker.harness.image;

import java.nio.file.Path;

/**
 * A root file system in a directory: {@code dir:PATH}.
 *
 * @param path the directory, as typed
 */
public record DirectoryReference(Path path) implements ImageReference {

    @Override
    public String toString() {
        return "dir:" + path;
    }
}
