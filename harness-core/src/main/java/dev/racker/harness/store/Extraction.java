package dev.racker.harness.store;

import java.util.List;

/**
 * What was unpacked.
 *
 * @param entries how many members the archive had, whiteouts included
 * @param bytes the sum of the sizes of its files, holes included
 * @param whiteouts how many names the layer removes from lower ones; directories that it empties are not counted
 * @param implicitDirectories directories that no member stands for, from the tree's root ({@code .} is the root itself),
 *     parents first; made as root's with mode 0755. Those whose name is not valid UTF-8 are left out
 * @param opaqueRoot whether the layer hides all lower ones; overlayfs cannot express it, so leave those out of the stack
 */
public record Extraction(
        long entries, long bytes, long whiteouts, List<String> implicitDirectories, boolean opaqueRoot) {

    /** Keeps a copy of the list. */
    public Extraction {
        implicitDirectories = List.copyOf(implicitDirectories);
    }
}
