package dev.racker.harness.image;

import dev.racker.harness.error.HarnessException;

/**
 * A content digest as the OCI image specification writes it: {@code sha256:} and 64 lower-case hexadecimal digits.
 *
 * @param algorithm {@code sha256}, {@code sha384} or {@code sha512}
 * @param hex the digest in lower-case hexadecimal digits, as many as the algorithm has
 */
public record Digest(String algorithm, String hex) {

    private static final int SHORT_LENGTH = 12;

    /** Checks algorithm, length and digits. */
    public Digest {
        String problem = problem(algorithm, hex);
        if (problem != null) {
            throw new HarnessException(
                    "Tried to read the digest '" + algorithm + ":" + hex + "', but " + problem + ".",
                    "Write it as sha256: and 64 lower-case hexadecimal digits.");
        }
    }

    /** Makes a sha256 digest of its hexadecimal digits. */
    public static Digest sha256(String hex) {
        return new Digest("sha256", hex);
    }

    /**
     * Reads a digest from its text; {@link #toString()} inverts it.
     *
     * @throws HarnessException when the text is no digest
     */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new HarnessException(
                    "Tried to read the digest '" + text + "', but it names no algorithm.",
                    "Write it as sha256: and 64 lower-case hexadecimal digits.");
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Says what is wrong with a digest, or null when nothing is. */
    static String problem(String algorithm, String hex) {
        int length;
        switch (algorithm) {
            case "sha256":
                length = 64;
                break;
            case "sha384":
                length = 96;
                break;
            case "sha512":
                length = 128;
                break;
            default:
                return "its algorithm is none of sha256, sha384 and sha512";
        }
        if (hex.length() != length) {
            return "it has " + hex.length() + " digits where " + algorithm + " has " + length;
        }
        for (int i = 0; i < length; i++) {
            char c = hex.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return "'" + c + "' is no lower-case hexadecimal digit";
            }
        }
        return null;
    }

    /** The first twelve digits, as tables show them. */
    public String shortHex() {
        return hex.substring(0, SHORT_LENGTH);
    }

    // Not those of a record, whose first call makes the JVM generate code: half of the time that reading a manifest
    // takes.
    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && hex.equals(digest.hex) && algorithm.equals(digest.algorithm);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
