package dev.racker.harness.evidence;

/**
 * One difference between two looks at a writable layer.
 *
 * @param what what has happened
 * @param path where
 * @param entry what is there now; null when there is nothing
 * @param kind what a leftover there is
 * @param words how it has changed; empty unless it has
 */
record Change(What what, String path, UpperEntry entry, LeftoverKind kind, String words) {

    enum What {
        CREATED,
        CHANGED,
        GONE
    }

    boolean isDirectory() {
        return entry != null && entry.type() == UpperEntry.Type.DIRECTORY;
    }
}
