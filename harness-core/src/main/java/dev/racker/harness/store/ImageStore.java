package dev.racker.harness.store;

import dev.racker.harness.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The images that can be used: one record, in one file, for each name.
 *
 * <p>An image that has several names has several records that are equal but for the name; layers are shared anyway.
 */
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
        return read(paths.image(name), name);
    }

    /** Says whether there is a record of this exact name, damaged or not. */
    public boolean contains(String name) {
        return Files.exists(paths.image(name));
    }

    /** Lists all images; a damaged record is told beside them and does not hide the others. */
    public Listing list() {
        List<StoredImage> images = new ArrayList<>();
        List<DamagedRecordException> damaged = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(paths.imagesDirectory())) {
            for (Path file : files) {
                String fileName = file.getFileName().toString();
                if (fileName.startsWith(StorePaths.TEMPORARY_PREFIX)) {
                    continue;
                }
                try {
                    read(file, FileNames.recordName(fileName)).ifPresent(images::add);
                } catch (DamagedRecordException e) {
                    damaged.add(e);
                }
            }
        } catch (NoSuchFileException e) {
            return new Listing(List.of(), List.of());
        } catch (IOException e) {
            throw StoreFailures.of("list the images in " + paths.imagesDirectory(), e);
        }
        images.sort(Comparator.comparing(StoredImage::name));
        damaged.sort(Comparator.comparing(DamagedRecordException::file));
        return new Listing(images, damaged);
    }

    /** Writes the record of an image, in place of what was there under its name, whole or not at all. */
    public void put(StoredImage image) {
        AtomicFiles.write(paths.image(image.name()), StoredImageJson.write(image));
    }

    /** Removes a name, its record damaged or not; says whether it was there. Its layers stay until they are collected. */
    public boolean remove(String name) {
        Path file = paths.image(name);
        try {
            boolean removed = Files.deleteIfExists(file);
            if (removed) {
                AtomicFiles.flush(file.getParent());
            }
            return removed;
        } catch (IOException e) {
            throw StoreFailures.of("remove the image '" + name + "'", e);
        }
    }

    private Optional<StoredImage> read(Path file, String name) {
        StoredImage image;
        try {
            image = StoredImageJson.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw damaged(file, name, StoreFailures.reason(e), e);
        } catch (MalformedJsonException e) {
            throw damaged(file, name, e.problem(), e);
        } catch (StoredImageJson.NewerFormatException e) {
            String hint = "Update racker, or remove the image with `" + removal(file, name) + "` and pull it again.";
            throw new DamagedRecordException(file, name, e.getMessage(), hint, e);
        }
        if (!paths.image(image.name()).equals(file)) {
            throw damaged(file, name, "it is the record of '" + image.name() + "'", null);
        }
        return Optional.of(image);
    }

    private DamagedRecordException damaged(Path file, String name, String problem, Exception cause) {
        String hint = "Remove it with `" + removal(file, name) + "` and pull the image again.";
        return new DamagedRecordException(file, name, problem, hint, cause);
    }

    private String removal(Path file, String name) {
        return paths.image(name).equals(file) ? "racker rmi '" + name + "'" : "rm '" + file + "'";
    }
}
