package dev.racker.harness.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One member of a tar archive; names are {@link RawText}.
 *
 * @param type the type flag, normalised: FILE also for those of old archives
 * @param link what a link points to; empty for others
 */
record TarEntry(char type, String name, String link, Metadata metadata, Body body) {

    static final char FILE = '0';
    static final char HARD_LINK = '1';
    static final char SYMLINK = '2';
    static final char CHARACTER_DEVICE = '3';
    static final char BLOCK_DEVICE = '4';
    static final char DIRECTORY = '5';
    static final char FIFO = '6';
    static final char OLD_SPARSE = 'S';

    /** What every file has; the keys of xattrs are spelled as in a {@code SCHILY.xattr} record. */
    record Metadata(int mode, long uid, long gid, Instant mtime, Map<String, byte[]> xattrs) {
        Metadata withXattrs(Map<String, byte[]> newXattrs) {
            return new Metadata(mode, uid, gid, mtime, newXattrs);
        }
    }

    /** What is special to files and devices: bytes in the archive, device number, holes (null when there are none). */
    record Body(long size, int major, int minor, Sparse sparse) {
        static final Body NONE = new Body(0, 0, 0, null);

        long realSize() {
            return sparse == null ? size : sparse.realSize();
        }
    }

    /**
     * How the archive describes holes: a map in the header of the old GNU format (null in others), or records of the
     * PAX formats 0.0, 0.1 and 1.0.
     */
    record Sparse(long realSize, byte[] oldMap, List<PaxRecord> records) {}

    /** One {@code key=value} of an extended header. */
    record PaxRecord(String key, byte[] value) {}
}
