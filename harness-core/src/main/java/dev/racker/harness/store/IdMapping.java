package dev.racker.harness.store;

/**
 * How user and group ids of an image stand on disk: id {@code n} is stored as {@code hostStart + n}.
 *
 * @param hostStart the id on disk that stands for root; not negative
 * @param length how many ids are mapped, from 0 up; positive
 */
public record IdMapping(int hostStart, int length) {

    /** The range that layers are stored with, so that root inside is nobody outside. */
    public static final IdMapping SHIFTED = new IdMapping(524288, 65536);

    /** Ids stand on disk as they are. */
    public static final IdMapping IDENTITY = new IdMapping(0, Integer.MAX_VALUE);

    /** Checks the range. */
    public IdMapping {
        if (hostStart < 0 || length <= 0 || (long) hostStart + length > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("no range of ids: " + hostStart + ":" + length);
        }
    }

    /**
     * Tells the id on disk.
     *
     * @throws IllegalArgumentException when the id is outside the range
     */
    public long toHost(long id) {
        if (id < 0 || id >= length) {
            throw new IllegalArgumentException("id " + id + " is outside 0.." + (length - 1));
        }
        return hostStart + id;
    }

    /**
     * Tells the id that an id on disk stands for; inverts {@link #toHost}.
     *
     * @throws IllegalArgumentException when the id on disk is outside the range
     */
    public long fromHost(long id) {
        if (id < hostStart || id - hostStart >= length) {
            throw new IllegalArgumentException(
                    "id " + id + " is outside " + hostStart + ".." + ((long) hostStart + length - 1));
        }
        return id - hostStart;
    }
}
