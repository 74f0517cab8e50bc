package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;

/**
 * How the owners inside an image become owners on disk: one range from 0 to {@code length}, as user_namespaces(7).
 *
 * @param hostStart the owner on disk of what belongs to root inside
 * @param length how many owners the range has
 */
public record IdMapping(int hostStart, int length) {

    /** How layers are stored by default: root inside is nobody outside. */
    public static final IdMapping SHIFTED = new IdMapping(524288, 65536);

    /** Owners on disk are the owners inside. */
    public static final IdMapping IDENTITY = new IdMapping(0, Integer.MAX_VALUE);

    /**
     * Gives the owner on disk of an owner inside.
     *
     * @throws HarnessException when the range does not hold it
     */
    public long toHost(long id) {
        if (id < 0 || id >= length) {
            throw new HarnessException(
                    "Tried to store a file that belongs to owner " + id + ", but only owners from 0 to " + (length - 1)
                            + " can be mapped.",
                    "Give the file another owner in the image.");
        }
        return hostStart + id;
    }
}
