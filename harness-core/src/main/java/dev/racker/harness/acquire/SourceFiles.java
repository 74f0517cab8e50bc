package dev.racker.harness.acquire;

import dev.racker.harness.image.ImageReference;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at files that a user names before any program does, so that messages are about the user's words. */
final class SourceFiles {

    private SourceFiles() {}

    static void requireFile(ImageReference reference, Path path) {
        require(reference, path);
        if (!Files.isRegularFile(path)) {
            throw refused(reference, path + " is not a file", "Name a file; a directory is named with oci: or dir:.");
        }
    }

    static void requireDirectory(ImageReference reference, Path path) {
        require(reference, path);
        if (!Files.isDirectory(path)) {
            throw refused(reference, path + " is not a directory", "Name a directory; a file is named without dir:.");
        }
    }

    private static void require(ImageReference reference, Path path) {
        if (!Files.exists(path)) {
            throw refused(reference, path + " does not exist", "Check the path.");
        }
        if (!Files.isReadable(path)) {
            throw refused(reference, path + " may not be read", "Check its permissions.");
        }
    }

    static SourceException refused(ImageReference reference, String problem, String hint) {
        return new SourceException("Tried to use " + reference + ", but " + problem + ".", hint);
    }
}
