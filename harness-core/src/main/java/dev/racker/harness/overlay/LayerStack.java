package dev.racker.harness.overlay;

import dev.racker.harness.error.HarnessException;
import java.nio.file.Path;
import java.util.List;

/**
 * Read-only layers, lowest first, with one writable layer on top: the root of a container.
 *
 * @param lower the read-only layers, lowest first; at least one
 * @param upper the writable layer's directory
 * @param work an empty directory on the file system of {@code upper}, for the kernel's use
 * @param ephemeral whether the writable layer is thrown away, so that the kernel need not write it to disk
 * @param owners how far the owners of all these files are shifted: the first of the host's user and group ids that
 *     stand for 0 and those above it inside; 0 when they are not shifted
 */
public record LayerStack(List<Path> lower, Path upper, Path work, boolean ephemeral, int owners) {

    /** How many user and group ids a user namespace has. */
    public static final int OWNER_COUNT = 65536;

    /** mount(2): what the kernel takes of an option string is one page. */
    private static final int MOST_OPTION_BYTES = 4095;

    /** Checks that there is something below the writable layer. */
    public LayerStack {
        lower = List.copyOf(lower);
        if (lower.isEmpty()) {
            throw new IllegalArgumentException("a container needs at least one layer below its writable one");
        }
    }

    /** The directory that the names in {@link #mountOptions()} are relative to. */
    public Path base() {
        return lower.get(0).getParent();
    }

    /** The options of a read-only overlay mount of two or more layers, lowest first, with names relative to {@code base}. */
    public static String lowerOptions(Path base, List<Path> lower) {
        StringBuilder options = new StringBuilder("lowerdir=");
        for (int i = lower.size() - 1; i >= 0; i--) {
            options.append(base.relativize(lower.get(i))).append(i == 0 ? "" : ":");
        }
        return options.toString();
    }

    /**
     * The options of an overlay mount of this stack, with names relative to {@link #base()} to fit more layers.
     *
     * @throws HarnessException when there are more layers than the kernel takes
     */
    public String mountOptions() {
        Path base = base();
        StringBuilder options = new StringBuilder(lowerOptions(base, lower));
        options.append(",upperdir=").append(base.relativize(upper));
        options.append(",workdir=").append(base.relativize(work));
        if (ephemeral) {
            options.append(",volatile");
        }
        if (options.length() > MOST_OPTION_BYTES) {
            throw new HarnessException(
                    "Tried to stack " + lower.size() + " layers, but the kernel takes only " + MOST_OPTION_BYTES
                            + " bytes of names for one overlay.",
                    "Use an image with fewer layers.");
        }
        return options.toString();
    }
}
