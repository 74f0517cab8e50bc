package dev.racker.harness.acquire;

import java.util.List;

/** How a tar stream is compressed, and the programs that undo it, the fastest first. */
enum Compression {
    NONE(new int[] {}),
    GZIP(new int[] {0x1f, 0x8b}, List.of("pigz", "-dc"), List.of("gzip", "-dc")),
    XZ(new int[] {0xfd, '7', 'z', 'X', 'Z', 0x00}, List.of("xz", "-dc", "-T0")),
    ZSTD(new int[] {0x28, 0xb5, 0x2f, 0xfd}, List.of("zstd", "-dcq")),
    BZIP2(new int[] {'B', 'Z', 'h'}, List.of("lbzip2", "-dc"), List.of("bzip2", "-dc"));

    /** How many bytes at the start of a file decide. */
    static final int MAGIC_LENGTH = 6;

    private final int[] magic;
    private final List<List<String>> programs;

    @SafeVarargs
    @SuppressWarnings("varargs")
    Compression(int[] magic, List<String>... programs) {
        this.magic = magic;
        this.programs = List.of(programs);
    }

    /** Tells the compression of what starts with these bytes, of which the first {@code length} are valid. */
    static Compression of(byte[] start, int length) {
        for (Compression compression : values()) {
            if (compression != NONE && compression.matches(start, length)) {
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

    /** Command lines that read the compressed and write the plain stream; the next is for when one is not installed. */
    List<List<String>> programs() {
        return programs;
    }
}
