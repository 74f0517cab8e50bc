package dev.racker.harness.store;

import java.util.ArrayList;
import java.util.List;

/** The names of archive members and their meaning as places in a tree; all are {@link RawText}. */
final class EntryName {

    /** Stands in front of the name of what a layer removes (OCI image layer specification, "Whiteouts"). */
    static final String WHITEOUT = ".wh.";

    /** Says that a layer hides all that lower layers have in a directory. */
    static final String OPAQUE = ".wh..wh..opq";

    /** Stands in front of AUFS's own files, which mean nothing in a layer. */
    static final String AUFS = ".wh..wh.";

    private EntryName() {}

    /**
     * Splits a name at its slashes; the tree's root is the empty list. Absolute names count from the tree's root.
     *
     * @throws UnpackException when the name leaves the tree
     */
    static List<String> components(String name) {
        List<String> components = new ArrayList<>(8);
        int start = 0;
        while (start <= name.length()) {
            int slash = name.indexOf('/', start);
            int end = slash < 0 ? name.length() : slash;
            add(components, name, start, end);
            start = end + 1;
        }
        return components;
    }

    private static void add(List<String> components, String name, int start, int end) {
        if (start == end || end - start == 1 && name.charAt(start) == '.') {
            return;
        }
        if (end - start == 2 && name.startsWith("..", start)) {
            if (components.isEmpty()) {
                throw UnpackException.entry(
                        name, "it lies outside the tree", "Do not trust this archive; get it from another source.");
            }
            components.remove(components.size() - 1);
            return;
        }
        if (name.indexOf('\0', start) >= 0) {
            throw UnpackException.entry(name, "its name has a NUL", "Make the archive again without it.");
        }
        components.add(name.substring(start, end));
    }
}
