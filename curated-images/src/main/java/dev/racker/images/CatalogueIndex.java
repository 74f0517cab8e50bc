package dev.racker.images;

import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.image.RegistryReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The releases, and where each name leads. No two releases share a label, be it the first one or an alias.
 *
 * @param labels by each label and alias
 * @param references by each image in a registry that a release stands for; of two releases the later one
 */
record CatalogueIndex(
        List<CuratedRelease> releases,
        Map<String, CuratedRelease> labels,
        Map<RegistryReference, CuratedRelease> references) {

    /**
     * Puts files together.
     *
     * @param project releases by file; in both, a label may be used once
     * @param user releases by file, which replace the project's of the same label
     * @throws InvalidCatalogueException when a label is used twice
     */
    static CatalogueIndex of(Map<String, List<CuratedRelease>> project, Map<String, List<CuratedRelease>> user) {
        Map<String, Named> known = new LinkedHashMap<>();
        unique(project).forEach(named -> known.put(named.release().label(), named));
        unique(user).forEach(named -> known.put(named.release().label(), named));
        Map<String, Named> owners = owners(known.values());

        List<CuratedRelease> releases = new ArrayList<>();
        Map<RegistryReference, CuratedRelease> references = new HashMap<>();
        for (Named named : known.values()) {
            releases.add(named.release());
            named.release().standsFor().forEach(reference -> references.put(reference, named.release()));
        }
        Map<String, CuratedRelease> labels = new LinkedHashMap<>();
        owners.forEach((label, named) -> labels.put(label, named.release()));
        return new CatalogueIndex(
                Collections.unmodifiableList(releases), Collections.unmodifiableMap(labels), references);
    }

    private record Named(String file, CuratedRelease release) {}

    private static List<Named> unique(Map<String, List<CuratedRelease>> files) {
        Map<String, Named> unique = new LinkedHashMap<>();
        files.forEach((file, releases) -> releases.forEach(release -> {
            Named first = unique.putIfAbsent(release.label(), new Named(file, release));
            if (first != null) {
                throw invalid(
                        file,
                        release,
                        "label",
                        first.file().equals(file) ? "is used twice" : "is used in " + first.file() + " already");
            }
        }));
        return List.copyOf(unique.values());
    }

    /** Labels first, so that it is the alias that is told to be wrong. */
    private static Map<String, Named> owners(Iterable<Named> all) {
        Map<String, Named> owners = new LinkedHashMap<>();
        all.forEach(named -> owners.put(named.release().label(), named));
        for (Named named : all) {
            for (String alias : named.release().aliases()) {
                Named other = owners.putIfAbsent(alias, named);
                if (other != null) {
                    String whose = other.release().equals(named.release())
                            ? "\"" + alias + "\" twice"
                            : "\"" + alias + "\", which is \"" + other.release().label() + "\" in " + other.file();
                    throw invalid(named.file(), named.release(), "aliases", "holds " + whose);
                }
            }
        }
        return owners;
    }

    private static InvalidCatalogueException invalid(
            String file, CuratedRelease release, String property, String problem) {
        return new InvalidCatalogueException(file, release.label(), property, problem, null);
    }
}
