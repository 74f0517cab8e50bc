package dev.racker.harness.image;

/** stub. */
public final class ImageConfigCodec {
    private ImageConfigCodec() {}

    static ImageConfig readDocument(byte[] json) {
        throw new UnsupportedOperationException();
    }
}
