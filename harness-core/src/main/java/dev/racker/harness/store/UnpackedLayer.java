package dev.racker.harness.store;

import java.util.List;

/**
 * What {@link TarExtractor#extractMembers} has made: everything is in the tree, but its directories do not have their
 * attributes yet, which {@link LayerDirectories} gives them.
 */
public final class UnpackedLayer {

    private final Extraction extraction;
    private final List<TarEntry> directories;

    UnpackedLayer(Extraction extraction, List<TarEntry> directories) {
        this.extraction = extraction;
        this.directories = List.copyOf(directories);
    }

    /** What was unpacked. */
    public Extraction extraction() {
        return extraction;
    }

    /** All directories, children before their parents, as they are to be; named from the tree's root, {@code .}. */
    List<TarEntry> directories() {
        return directories;
    }
}
