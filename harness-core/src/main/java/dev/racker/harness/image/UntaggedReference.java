package dev.racker.harness.image;

/**
 * An image of the store that has no name: {@code sha256:...}. It comes from nowhere but the store.
 *
 * @param digest what it is called by
 */
public record UntaggedReference(Digest digest) implements ImageReference {

    @Override
    public String toString() {
        return digest.toString();
    }
}
