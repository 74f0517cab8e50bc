package dev.racker.harness.acquire;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;

/** A blob on disk is not what its name says; it has to be removed and fetched again. */
final class DamagedBlobException extends HarnessException {

    private static final long serialVersionUID = 1L;

    private final transient Digest digest;

    DamagedBlobException(Digest digest, Throwable cause) {
        super(
                "Tried to unpack the blob " + digest + ", but its content on disk is damaged.",
                "Pull the image again; check the disk when it happens again.",
                cause);
        this.digest = digest;
    }

    Digest digest() {
        return digest;
    }
}
