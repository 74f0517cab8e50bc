package dev.racker.harness.store;

import dev.racker.harness.image.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * A stream that proves at its end that it was what was asked for.
 *
 * <p>Whoever stops before the end of file has proved nothing and calls {@link #finish()}.
 */
public final class VerifyingInputStream extends FilterInputStream {

    private static final int BUFFER = 65536;

    private final Digest expected;
    private final long size;
    private final MessageDigest digest;
    private long count;
    private boolean verified;

    /** Reads {@code in}, which should have this digest and size; a negative size is not checked. */
    public VerifyingInputStream(InputStream in, Digest expected, long size) {
        super(in);
        this.expected = expected;
        this.size = size;
        this.digest = Sha256.newDigest(
                switch (expected.algorithm()) {
                    case "sha384" -> "SHA-384";
                    case "sha512" -> "SHA-512";
                    default -> "SHA-256";
                });
    }

    /**
     * Reads what is left.
     *
     * @throws DigestMismatchException when digest or size differ
     */
    public void finish() throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (read(buffer, 0, buffer.length) >= 0) {
            continue;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read < 0) {
            verify();
            return read;
        }
        digest.update(buffer, offset, read);
        count += read;
        if (size >= 0 && count > size) {
            throw new DigestMismatchException(expected, "it is longer than its " + size + " bytes", null);
        }
        return read;
    }

    private void verify() {
        if (verified) {
            return;
        }
        if (size >= 0 && count != size) {
            throw new DigestMismatchException(
                    expected, "it has " + count + " bytes where it should have " + size, null);
        }
        String actual = Sha256.toHex(digest.digest());
        if (!actual.equals(expected.hex())) {
            throw new DigestMismatchException(
                    expected, "its content has the digest " + expected.algorithm() + ":" + actual, null);
        }
        verified = true;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(n, 0))];
        long skipped = 0;
        while (skipped < n) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, n - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public synchronized void mark(int limit) {
        // Going back is not supported, as markSupported() says.
    }

    @Override
    public synchronized void reset() throws IOException {
        throw new IOException("mark/reset not supported");
    }
}
