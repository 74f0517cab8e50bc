package dev.racker.harness.store;

import dev.racker.harness.store.TarEntry.Body;
import dev.racker.harness.store.TarEntry.Metadata;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;

/** Writes a tar archive of plain files, all of the same time and owner; the stream under it is not closed. */
public final class ArchiveWriter {

    private static final int BUFFER = 1 << 17;

    private final TarWriter out;

    /** Begins an archive. */
    public ArchiveWriter(OutputStream out) {
        this.out = new TarWriter(out);
    }

    /**
     * Adds a file.
     *
     * @param size what {@code content} has, exactly
     * @throws EOFException when it has less
     */
    public void file(String name, long size, InputStream content) throws IOException {
        Metadata metadata = new Metadata(0644, 0, 0, Instant.EPOCH, Map.of());
        out.entry(new TarEntry(TarEntry.FILE, RawText.encode(name), "", metadata, new Body(size, 0, 0, null)));
        byte[] buffer = new byte[BUFFER];
        long left = size;
        while (left > 0) {
            int count = content.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException(name + " ends " + left + " bytes early");
            }
            out.raw(buffer, 0, count);
            left -= count;
        }
        int padding = (int) (-size & TarReader.BLOCK - 1);
        out.raw(new byte[padding], 0, padding);
    }

    /** Ends the archive. */
    public void end() throws IOException {
        out.end();
    }
}
