package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Tells what the file system said as a sentence with a remedy. */
final class StoreFailures {

    private StoreFailures() {}

    /** Tells the failure of {@code what}, which ends "Tried to". */
    static HarnessException of(String what, IOException e) {
        String reason = reason(e);
        return new HarnessException("Tried to " + what + ", but " + reason + ".", hint(e, reason), e);
    }

    /** Why, as the end of a sentence. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission was denied on " + e.getMessage();
        }
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + " is not there";
        }
        if (e instanceof NotDirectoryException) {
            return e.getMessage() + " is not a directory";
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getMessage() + " is there already";
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason() + " (" + failure.getFile() + ")";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static String hint(IOException e, String reason) {
        if (reason.contains("No space left") || reason.contains("Disk quota exceeded")) {
            return "Free some space, for example with `racker rmi`, or set RACKER_STATE_DIR to a larger disk.";
        }
        if (reason.contains("Read-only file system")) {
            return "Set RACKER_STATE_DIR, RACKER_CACHE_DIR and RACKER_RUN_DIR to directories that can be written.";
        }
        if (e instanceof AccessDeniedException) {
            return "Run it as root, or set RACKER_STATE_DIR, RACKER_CACHE_DIR and RACKER_RUN_DIR to directories of yours.";
        }
        return null;
    }
}
