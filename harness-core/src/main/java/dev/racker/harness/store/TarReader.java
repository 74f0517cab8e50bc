package dev.racker.harness.store;

import dev.racker.harness.store.TarEntry.Body;
import dev.racker.harness.store.TarEntry.Metadata;
import dev.racker.harness.store.TarEntry.Sparse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Reads tar archives (v7, ustar, pax, GNU, star) without changing a byte of names and extended attributes.
 *
 * <p>Commons Compress decodes both as UTF-8 text, which damages names of other charsets and binary attributes such as
 * {@code security.capability}.
 */
final class TarReader {

    static final int BLOCK = 512;
    private static final int LARGEST_HEADER = 16 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 17];
    private final byte[] block = new byte[BLOCK];
    private final PaxHeader globals = new PaxHeader();
    private boolean anyGlobals;
    private int position;
    private int limit;
    private long unread;
    private int padding; // what of it only fills the last block
    private boolean extended;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** The next member; null at the end of the archive. */
    TarEntry next() throws IOException {
        copyBody(null);
        PaxHeader pax = null;
        String longName = null;
        String longLink = null;
        while (readHeader()) {
            char type = (char) (block[156] & 0xff);
            switch (type) {
                case 'x', 'X' -> {
                    pax = pax == null ? new PaxHeader() : pax;
                    pax.read(special());
                }
                case 'g' -> {
                    globals.read(special());
                    anyGlobals = true;
                }
                case 'L' -> longName = text(special());
                case 'K' -> longLink = text(special());
                case 'V' -> special();
                default -> {
                    return entry(type, new Names(longName, longLink, new PaxValues(pax, anyGlobals ? globals : null)));
                }
            }
        }
        if (pax != null || longName != null || longLink != null) {
            throw UnpackException.damaged("it ends within a header", null);
        }
        return null;
    }

    /** What came before a header and overrides it. */
    private record Names(String longName, String longLink, PaxValues extended) {}

    private TarEntry entry(char flag, Names names) {
        PaxValues pax = names.extended();
        String name = firstOf(pax.text("path"), names.longName(), null);
        name = name == null ? headerName() : name;
        String link = firstOf(pax.text("linkpath"), names.longLink(), null);
        link = link == null ? text(157, 100) : link;
        char type = type(flag, name);
        long size = headerOnly(type) ? 0 : pax.number("size", TarNumbers.field(block, 124, 12));
        if (size < 0) {
            throw UnpackException.entry(name, "its size is negative", "Fetch or make the archive again.");
        }
        expect(size);
        extended = type == TarEntry.OLD_SPARSE && block[482] != 0;
        Sparse sparse = sparse(type, pax, size);
        if (sparse != null && pax.get("GNU.sparse.name") != null) {
            name = pax.text("GNU.sparse.name");
        }
        byte[] mtime = pax.get("mtime");
        Metadata metadata = new Metadata(
                (int) TarNumbers.field(block, 100, 8) & 07777,
                pax.number("uid", TarNumbers.field(block, 108, 8)),
                pax.number("gid", TarNumbers.field(block, 116, 8)),
                mtime == null ? Instant.ofEpochSecond(TarNumbers.field(block, 136, 12)) : TarNumbers.time(mtime),
                pax.xattrs());
        return new TarEntry(type, name, link, metadata, body(type, size, sparse));
    }

    private static String firstOf(String first, String second, String third) {
        return first != null ? first : second != null ? second : third;
    }

    private Body body(char type, long size, Sparse sparse) {
        if (type == TarEntry.CHARACTER_DEVICE || type == TarEntry.BLOCK_DEVICE) {
            return new Body(0, (int) TarNumbers.field(block, 329, 8), (int) TarNumbers.field(block, 337, 8), null);
        }
        return size == 0 && sparse == null ? Body.NONE : new Body(size, 0, 0, sparse);
    }

    private Sparse sparse(char type, PaxValues pax, long size) {
        if (type == TarEntry.OLD_SPARSE) {
            return new Sparse(TarNumbers.field(block, 483, 12), Arrays.copyOfRange(block, 386, 495), List.of());
        }
        if (type != TarEntry.FILE || !pax.sparse()) {
            return null;
        }
        long real = pax.number("GNU.sparse.realsize", pax.number("GNU.sparse.size", size));
        return new Sparse(real, null, pax.own().sparse());
    }

    private static char type(char flag, String name) {
        return switch (flag) {
            case 0, '0', '7' -> name.endsWith("/") ? TarEntry.DIRECTORY : TarEntry.FILE;
            default -> flag;
        };
    }

    private static boolean headerOnly(char type) {
        return type >= TarEntry.HARD_LINK && type <= TarEntry.FIFO;
    }

    private String headerName() {
        String name = text(0, 100);
        boolean ustar = block[257] == 'u' && block[262] == 0;
        if (!ustar || block[345] == 0) {
            return name;
        }
        boolean star = block[508] == 't' && block[509] == 'a' && block[510] == 'r';
        return text(345, star ? 131 : 155) + '/' + name;
    }

    private String text(int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return RawText.of(block, offset, end - offset);
    }

    private static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return RawText.of(bytes, 0, end);
    }

    private byte[] special() throws IOException {
        long size = TarNumbers.field(block, 124, 12);
        if (size < 0 || size > LARGEST_HEADER) {
            throw UnpackException.damaged("a header claims a size of " + size + " bytes", null);
        }
        padding = 0; // something has to follow
        return body((int) size);
    }

    /** The bytes of the current member, which has {@code size} of them and no holes. */
    byte[] body(int size) throws IOException {
        byte[] bytes = new byte[size];
        int done = 0;
        while (done < bytes.length) {
            require();
            int count = Math.min(bytes.length - done, limit - position);
            System.arraycopy(buffer, position, bytes, done, count);
            position += count;
            done += count;
        }
        unread = (size + BLOCK - 1 & -BLOCK) - size;
        copyBody(null);
        return bytes;
    }

    private void expect(long size) {
        unread = size + BLOCK - 1 & -BLOCK;
        padding = (int) (unread - size);
    }

    private boolean readHeader() throws IOException {
        if (!readBlock()) {
            return false;
        }
        int sum = 0;
        int signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            int b = i >= 148 && i < 156 ? ' ' : block[i];
            sum += b & 0xff;
            signed += b;
        }
        if (sum == 8 * ' ' && block[148] == 0) {
            return false;
        }
        long expected = TarNumbers.field(block, 148, 8);
        if (sum != expected && signed != expected) {
            throw UnpackException.damaged("a header's checksum is wrong", null);
        }
        return true;
    }

    private boolean readBlock() throws IOException {
        int done = 0;
        while (done < BLOCK) {
            if (position == limit && !fill()) {
                if (done == 0) {
                    return false;
                }
                throw UnpackException.damaged("it ends early", null);
            }
            int count = Math.min(BLOCK - done, limit - position);
            System.arraycopy(buffer, position, block, done, count);
            position += count;
            done += count;
        }
        return true;
    }

    /**
     * Hands what belongs to the current member, padding included, to {@code out}, or to nobody when that is null. An
     * archive that nobody has closed ends without the padding of its last member.
     */
    void copyBody(TarWriter out) throws IOException {
        while (extended) {
            if (!readBlock()) {
                throw UnpackException.damaged("it ends early", null);
            }
            extended = block[504] != 0;
            if (out != null) {
                out.raw(block, 0, BLOCK);
            }
        }
        while (unread > 0) {
            if (position == limit && unread <= padding && !fill()) {
                fillUp(out);
                return;
            }
            require();
            int count = (int) Math.min(unread, limit - position);
            if (out != null) {
                out.raw(buffer, position, count);
            }
            position += count;
            unread -= count;
        }
    }

    private void fillUp(TarWriter out) throws IOException {
        if (out != null) {
            out.raw(new byte[BLOCK], 0, (int) unread);
        }
        unread = 0;
    }

    /** Reads what follows the archive, so that a checksum behind it is checked. */
    void drain() throws IOException {
        do {
            position = limit;
        } while (fill());
    }

    private void require() throws IOException {
        if (position == limit && !fill()) {
            throw UnpackException.damaged("it ends early", null);
        }
    }

    private boolean fill() throws IOException {
        int count = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(count, 0);
        return count > 0;
    }
}
