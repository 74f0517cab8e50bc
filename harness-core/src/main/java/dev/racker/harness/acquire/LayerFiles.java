package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.store.Decompression;
import dev.racker.harness.store.IdMapping;
import dev.racker.harness.store.TarExtractor;
import dev.racker.harness.store.UnpackedLayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Makes a tree of the archive in a blob, and computes the digest of the archive beside it. */
record LayerFiles(Decompression decompression, DigestProgram digests, TarExtractor extractor, Writeback writeback) {

    static final int BUFFER = 1 << 17;

    /** What has become of a blob; its directories do not have their attributes yet. */
    record Unpacked(UnpackedLayer layer, Digest diffId) {}

    /** Unpacks a blob, compressed or not, into an empty directory; the blob is read to its end and closed. */
    Unpacked unpack(InputStream blob, Path directory, IdMapping mapping) throws IOException {
        try (blob;
                DigestStream archive = digests.over(decompression.open(blob))) {
            UnpackedLayer layer = extractor.extractMembers(writeback.beside(archive, directory), directory, mapping);
            return new Unpacked(layer, archive.finish());
        }
    }
}
