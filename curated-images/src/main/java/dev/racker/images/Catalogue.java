package dev.racker.images;

import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.console.Suggestions;
import dev.racker.harness.image.RegistryReference;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

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

    private final CatalogueFiles files;
    private CatalogueIndex index;

    /** Opens the project's catalogue and the files {@code *.json} of a directory, which need not exist. */
    public Catalogue(Path directory) {
        this.files = new CatalogueFiles(directory);
    }

    /** Opens the catalogue with the directory that the environment names, by default {@code /etc/racker/images.d}. */
    public static Catalogue fromEnvironment(Map<String, String> environment) {
        String value = environment.get(DIRECTORY_VARIABLE);
        return new Catalogue(value == null || value.isEmpty() ? DIRECTORY : Path.of(value));
    }

    @Override
    public Optional<CuratedRelease> byLabel(String label) {
        return Optional.ofNullable(index().labels().get(label));
    }

    @Override
    public Optional<CuratedRelease> byReference(RegistryReference reference) {
        if (reference.digest() != null) {
            return Optional.empty(); // what is pinned to its content must not be replaced by other content
        }
        if (!isRead() && !files.mayName(reference)) {
            return Optional.empty(); // as with most images, whose pull should not wait for all files to be understood
        }
        return Optional.ofNullable(index().references().get(reference));
    }

    @Override
    public List<String> similar(String name) {
        return Suggestions.nearest(name, index().labels().keySet());
    }

    /**
     * All releases, the project's first, in the order of their files.
     *
     * @throws InvalidCatalogueException when a file cannot be understood
     */
    public List<CuratedRelease> all() {
        return index().releases();
    }

    /**
     * The releases that one of their labels makes match, each once, in the order of the catalogue.
     *
     * @param glob any label, or a pattern of labels with {@code * ? [...] {...}}: {@code debian-*}
     * @throws UnknownLabelException when there is none; it names labels that are near
     */
    public List<CuratedRelease> matching(String glob) {
        List<CuratedRelease> found = new ArrayList<>();
        PathMatcher matcher = matcher(glob);
        for (CuratedRelease release : all()) {
            if (release.labels().stream().anyMatch(label -> matcher.matches(Path.of(label)))) {
                found.add(release);
            }
        }
        if (found.isEmpty()) {
            throw new UnknownLabelException(
                    glob, Suggestions.nearest(glob, index().labels().keySet()));
        }
        return found;
    }

    /**
     * The releases that match one of these labels or patterns, each once, in the order of what was asked for.
     *
     * @throws UnknownLabelException when one matches nothing
     */
    public List<CuratedRelease> matching(List<String> globs) {
        Set<CuratedRelease> found = new LinkedHashSet<>();
        globs.forEach(glob -> found.addAll(matching(glob)));
        return List.copyOf(found);
    }

    /**
     * The releases of a family: those whose os-release(5) has this {@code ID}, or names it in its {@code ID_LIKE}.
     *
     * @throws UnknownLabelException when there is none
     */
    public List<CuratedRelease> ofFamily(String family) {
        List<CuratedRelease> found =
                all().stream().filter(release -> release.isOf(family)).toList();
        if (found.isEmpty()) {
            throw new UnknownLabelException(
                    "Tried to find images of the family \"" + family + "\", but there are none.",
                    "Families are: " + String.join(", ", families()) + ".");
        }
        return found;
    }

    /** What {@link #ofFamily} knows, sorted. */
    public Set<String> families() {
        Set<String> families = new TreeSet<>();
        for (CuratedRelease release : all()) {
            families.add(release.family());
            families.addAll(release.like());
        }
        return families;
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new UnknownLabelException(
                    "Tried to read the pattern \"" + glob + "\", but: " + e.getDescription() + ".",
                    "A pattern of labels is like one of the shell: debian-*");
        }
    }

    private synchronized boolean isRead() {
        return index != null;
    }

    private synchronized CatalogueIndex index() {
        if (index == null) {
            index = CatalogueIndex.of(files.project(), files.user());
        }
        return index;
    }
}
