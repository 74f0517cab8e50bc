package dev.racker.harness.store;

import dev.racker.harness.store.TarEntry.Body;
import dev.racker.harness.store.TarEntry.Metadata;
import dev.racker.harness.store.TarEntry.PaxRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes the tar dialect that GNU tar reads back byte for byte: long names as GNU extensions, which have no charset,
 * everything else that a header cannot hold as pax records.
 */
final class TarWriter {

    private static final byte[] ZEROS = new byte[1024];
    private static final byte[] USTAR = {'u', 's', 't', 'a', 'r', 0, '0', '0'};
    private static final byte[] GNU = {'u', 's', 't', 'a', 'r', ' ', ' ', 0};
    private static final Metadata PLAIN = new Metadata(0644, 0, 0, java.time.Instant.EPOCH, Map.of());

    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 17];
    private final byte[] block = new byte[TarReader.BLOCK];
    private int filled;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes everything in front of a member's body; the caller writes the body, padded to a block. */
    void entry(TarEntry entry) throws IOException {
        extendedHeader(entry);
        if (entry.name().length() > 100) {
            special('L', terminated(entry.name()));
        }
        if (entry.link().length() > 100) {
            special('K', terminated(entry.link()));
        }
        header(entry.type(), entry.name(), entry.metadata(), entry.body());
        put(157, entry.link());
        flushHeader();
    }

    private void extendedHeader(TarEntry entry) throws IOException {
        Metadata metadata = entry.metadata();
        boolean exact = metadata.mtime().getNano() == 0 && metadata.mtime().getEpochSecond() >= 0;
        boolean sparse = entry.body().sparse() != null
                && !entry.body().sparse().records().isEmpty();
        if (exact && metadata.xattrs().isEmpty() && !sparse) {
            return;
        }
        ByteArrayOutputStream records = new ByteArrayOutputStream(64);
        if (!exact) {
            PaxHeader.write(records, "mtime", RawText.bytes(TarNumbers.time(metadata.mtime())));
        }
        for (Map.Entry<String, byte[]> xattr : metadata.xattrs().entrySet()) {
            PaxHeader.write(records, PaxHeader.XATTR + xattr.getKey(), xattr.getValue());
        }
        if (sparse) {
            for (PaxRecord record : entry.body().sparse().records()) {
                if (!record.key().equals("GNU.sparse.name")) {
                    PaxHeader.write(records, record.key(), record.value());
                }
            }
        }
        special('x', records.toByteArray());
    }

    private static byte[] terminated(String raw) {
        return Arrays.copyOf(RawText.bytes(raw), raw.length() + 1);
    }

    private void special(char type, byte[] content) throws IOException {
        header(type, "./@", PLAIN, new Body(content.length, 0, 0, null));
        flushHeader();
        raw(content, 0, content.length);
        raw(ZEROS, 0, (TarReader.BLOCK - content.length % TarReader.BLOCK) % TarReader.BLOCK);
    }

    private void header(char type, String name, Metadata metadata, Body body) {
        Arrays.fill(block, (byte) 0);
        put(0, name);
        TarNumbers.put(block, 100, 8, metadata.mode());
        TarNumbers.put(block, 108, 8, metadata.uid());
        TarNumbers.put(block, 116, 8, metadata.gid());
        TarNumbers.put(block, 124, 12, body.size());
        TarNumbers.put(block, 136, 12, Math.max(0, metadata.mtime().getEpochSecond()));
        block[156] = (byte) type;
        byte[] magic = type == TarEntry.OLD_SPARSE ? GNU : USTAR;
        System.arraycopy(magic, 0, block, 257, magic.length);
        TarNumbers.put(block, 329, 8, body.major());
        TarNumbers.put(block, 337, 8, body.minor());
        if (body.sparse() != null && body.sparse().oldMap() != null) {
            System.arraycopy(
                    body.sparse().oldMap(), 0, block, 386, body.sparse().oldMap().length);
        }
    }

    @SuppressWarnings("deprecation") // the low bytes are exactly what is wanted of RawText
    private void put(int offset, String raw) {
        raw.getBytes(0, Math.min(raw.length(), 100), block, offset);
    }

    private void flushHeader() throws IOException {
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        TarNumbers.put(block, 148, 7, sum);
        raw(block, 0, block.length);
    }

    /** Writes bytes of a member's body. */
    void raw(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.length - filled) {
            flush();
        }
        if (length >= buffer.length) {
            out.write(bytes, offset, length);
            return;
        }
        System.arraycopy(bytes, offset, buffer, filled, length);
        filled += length;
    }

    /** Marks the end of the archive. */
    void end() throws IOException {
        raw(ZEROS, 0, ZEROS.length);
        flush();
    }

    private void flush() throws IOException {
        out.write(buffer, 0, filled);
        out.flush();
        filled = 0;
    }
}
