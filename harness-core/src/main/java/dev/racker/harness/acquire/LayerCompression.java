package dev.racker.harness.acquire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** How layers may be compressed, told by the first bytes of a file (image-spec, layer.md). */
final class LayerCompression {

    private static final String GZIP = "1f8b";
    private static final String ZSTD = "28b52ffd";
    private static final String XZ = "fd377a58";
    private static final String BZIP2 = "425a68";

    private LayerCompression() {}

    /** What the media type of a layer ends in; empty also for what has to be decompressed first. */
    static String suffix(Path file) throws IOException {
        String magic = magic(file);
        return magic.startsWith(GZIP) ? "+gzip" : magic.startsWith(ZSTD) ? "+zstd" : "";
    }

    /** Says whether the file can be a layer as it is. */
    static boolean isAllowed(Path file) throws IOException {
        String magic = magic(file);
        return !magic.startsWith(XZ) && !magic.startsWith(BZIP2);
    }

    private static String magic(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return HexFormat.of().formatHex(in.readNBytes(4));
        }
    }
}
