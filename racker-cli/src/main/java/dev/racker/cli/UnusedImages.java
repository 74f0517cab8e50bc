package dev.racker.cli;

import dev.racker.harness.ImageRemoval;
import dev.racker.harness.Images;
import java.util.List;
import java.util.Locale;

/** The images that no container uses, to be removed. */
final class UnusedImages {

    private final Images images;
    private final ImageFilter filter;
    private final boolean named;

    /**
     * Chooses among them.
     *
     * @param named whether those that have a name are meant too
     */
    UnusedImages(Images images, List<String> filters, boolean named) {
        this.images = images;
        this.filter = new ImageFilter(filters, ImageFilter.OF_PRUNE, () -> images);
        this.named = named;
    }

    /** Removes those that fit, and tells which. */
    void remove(PruneReport report) {
        ImageRemoval.Pruned pruned =
                images.prune(image -> (named || ImageName.isUntagged(image)) && filter.test(image));
        List<String> lines = pruned.lines().stream()
                .map(line -> line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1))
                .toList();
        report.tell("Images", lines, pruned.bytes());
    }
}
