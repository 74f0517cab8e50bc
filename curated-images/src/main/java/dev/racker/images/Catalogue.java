package dev.racker.images;

import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.RegistryReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The curated images: what the project knows, and what users add in files of the same format.
 *
 * <p>Files are read when the first question is asked, so an instance costs nothing until then. A user's release replaces
 * the project's of the same label.
 */
public final class Catalogue implements CuratedReleases {

    /** The variable that names the directory of the user's own files. */
    public static final String DIRECTORY_VARIABLE = "RACKER_IMAGES_DIR";

    private static final Path DIRECTORY = Path.of("/etc/racker/images.d");
    private static final String[] FILES = {"debian.json", "ubuntu.json"};

    private final Path directory;
    private Index index;

    /** Opens the project's catalogue and the files {@code *.json} of a directory, which need not exist. */
    public Catalogue(Path directory) {
        this.directory = directory;
    }

    /** Opens the catalogue with the directory that the environment names, by default {@code /etc/racker/images.d}. */
    public static Catalogue fromEnvironment(Map<String, String> environment) {
        String value = environment.get(DIRECTORY_VARIABLE);
        return new Catalogue(value == null || value.isEmpty() ? DIRECTORY : Path.of(value));
    }

    private record Index(
            List<CuratedRelease> releases,
            Map<String, CuratedRelease> labels,
            Map<RegistryReference, CuratedRelease> references) {}

    @Override
    public Optional<CuratedRelease> byLabel(String label) {
        return Optional.ofNullable(index().labels().get(label));
    }

    @Override
    public Optional<CuratedRelease> byReference(RegistryReference reference) {
        if (reference.digest() != null) {
            return Optional.empty(); // what is pinned to its content must not be replaced by other content
        }
        return Optional.ofNullable(index().references().get(reference));
    }

    /**
     * All releases, the project's first, in the order of their files.
     *
     * @throws InvalidCatalogueException when a file cannot be understood
     */
    public List<CuratedRelease> all() {
        return index().releases();
    }

    private synchronized Index index() {
        if (index == null) {
            Map<String, CuratedRelease> releases = new LinkedHashMap<>();
            for (String file : FILES) {
                add(releases, file, new CatalogueReader(file).read(resource(file)));
            }
            for (Path file : userFiles()) {
                Map<String, CuratedRelease> own = new LinkedHashMap<>();
                add(own, file.toString(), new CatalogueReader(file.toString()).read(content(file)));
                releases.putAll(own);
            }
            index = index(new ArrayList<>(releases.values()));
        }
        return index;
    }

    private static void add(Map<String, CuratedRelease> releases, String file, List<CuratedRelease> more) {
        for (CuratedRelease release : more) {
            if (releases.put(release.label(), release) != null) {
                throw new InvalidCatalogueException(file, release.label(), "label", "is used twice", null);
            }
        }
    }

    private static Index index(List<CuratedRelease> releases) {
        Map<String, CuratedRelease> labels = new HashMap<>();
        Map<RegistryReference, CuratedRelease> references = new HashMap<>();
        for (CuratedRelease release : releases) {
            release.aliases().forEach(alias -> labels.put(alias, release));
            release.standsFor().forEach(reference -> references.put(reference, release));
        }
        releases.forEach(release -> labels.put(release.label(), release));
        return new Index(Collections.unmodifiableList(releases), labels, references);
    }

    private static byte[] resource(String file) {
        try (InputStream in = Catalogue.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new HarnessException(
                        "Tried to read the catalogue file " + file + ", but the program comes without it.",
                        "Install the program again.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private List<Path> userFiles() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.json")) {
            entries.forEach(files::add);
        } catch (NoSuchFileException e) {
            return files;
        } catch (IOException e) {
            throw unreadable(directory.toString(), e);
        }
        Collections.sort(files);
        return files;
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private static HarnessException unreadable(String file, IOException cause) {
        return new HarnessException(
                "Tried to read the catalogue file " + file + ", but it failed: " + cause.getMessage() + ".",
                "Check its permissions, or set " + DIRECTORY_VARIABLE + " to another directory.",
                cause);
    }
}
