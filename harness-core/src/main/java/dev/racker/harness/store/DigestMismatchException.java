package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;

/** A blob on disk is not what its digest says, or is not there; it has to be fetched again. */
public final class DigestMismatchException extends HarnessException {

    private static final long serialVersionUID = 1L;

    private final transient Digest digest;

    DigestMismatchException(Digest digest, String problem, Throwable cause) {
        super(
                "Tried to read the blob " + digest + ", but " + problem + ".",
                "Pull the image again; check the disk if it happens again.",
                cause);
        this.digest = digest;
    }

    /** What the blob should be. */
    public Digest digest() {
        return digest;
    }
}
