package dev.racker.harness.store;

import java.util.List;
import java.util.Optional;

/** The images that can be used, one record for each name. */
public final class ImageStore {

    private final StorePaths paths;

    /** Opens the images of a store. */
    public ImageStore(StorePaths paths) {
        this.paths = paths;
    }

    /**
     * Everything that is in the store.
     *
     * @param images the readable ones, by name
     * @param damaged what is wrong with the others
     */
    public record Listing(List<StoredImage> images, List<DamagedRecordException> damaged) {

        /** Takes copies. */
        public Listing {
            images = List.copyOf(images);
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * Finds the image of this exact name.
     *
     * @throws DamagedRecordException when its record cannot be read
     */
    public Optional<StoredImage> find(String name) {
        throw new UnsupportedOperationException(paths.image(name).toString());
    }

    /** Lists all images; a damaged record is told beside them and does not hide the others. */
    public Listing list() {
        throw new UnsupportedOperationException();
    }

    /** Writes the record of an image, in place of what was there under its name, whole or not at all. */
    public void put(StoredImage image) {
        throw new UnsupportedOperationException();
    }

    /** Removes a name, its record damaged or not; says whether it was there. Its layers stay until they are collected. */
    public boolean remove(String name) {
        throw new UnsupportedOperationException();
    }
}
