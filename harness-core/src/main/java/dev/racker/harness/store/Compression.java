package dev.racker.harness.store;

/** How an archive is compressed. */
public enum Compression {
    /** gzip, RFC 1952. */
    GZIP(0x1f, 0x8b),
    /** Zstandard, RFC 8878. */
    ZSTD(0x28, 0xb5, 0x2f, 0xfd),
    /** xz. */
    XZ(0xfd, '7', 'z', 'X', 'Z', 0),
    /** bzip2. */
    BZIP2('B', 'Z', 'h'),
    /** Not at all, as far as can be told. */
    NONE();

    /** How many bytes at the start decide. */
    public static final int MAGIC_LENGTH = 6;

    private final int[] magic;

    Compression(int... magic) {
        this.magic = magic;
    }

    /** Recognises compression by the first {@code length} bytes of a file; {@link #MAGIC_LENGTH} are enough. */
    public static Compression of(byte[] start, int length) {
        for (Compression compression : values()) {
            if (compression.matches(start, length)) {
                return compression;
            }
        }
        return NONE;
    }

    private boolean matches(byte[] start, int length) {
        if (length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((start[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
