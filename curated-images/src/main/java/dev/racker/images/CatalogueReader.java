package dev.racker.images;

import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.acquire.CuratedRelease.Bootstrap;
import dev.racker.harness.acquire.CuratedRelease.Provisioning;
import dev.racker.harness.acquire.CuratedRelease.Registry;
import dev.racker.harness.acquire.CuratedRelease.Source;
import dev.racker.harness.acquire.CuratedRelease.Support;
import dev.racker.harness.acquire.CuratedRelease.Tarball;
import dev.racker.harness.distribution.Provisioner;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.json.Json;
import dev.racker.harness.json.MalformedJsonException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads one file of the catalogue and refuses what it does not understand. */
final class CatalogueReader {

    private final String file;

    CatalogueReader(String file) {
        this.file = file;
    }

    /**
     * Reads all releases of a file.
     *
     * @throws InvalidCatalogueException when something is missing, unknown or of the wrong kind
     */
    List<CuratedRelease> read(byte[] json) {
        Entry root;
        try {
            root = new Entry(file, "", "", Json.tree(json)).only("name", "family", "like", "releases");
        } catch (MalformedJsonException e) {
            throw new InvalidCatalogueException(file, "", "", "it is no JSON: " + e.getMessage(), e);
        }
        root.text("family");
        root.text("name");
        List<CuratedRelease> releases = new ArrayList<>();
        for (Entry entry : root.entries("releases")) {
            releases.add(release(entry.named(entry.text("label")), root));
        }
        return releases;
    }

    private CuratedRelease release(Entry entry, Entry root) {
        entry.only(
                "label",
                "aliases",
                "family",
                "like",
                "codename",
                "version",
                "endOfLife",
                "support",
                "note",
                "standsFor",
                "sources",
                "provisioning");
        String label = label(entry, "label", entry.text("label"));
        List<String> aliases = new ArrayList<>();
        for (String alias : entry.texts("aliases")) {
            aliases.add(label(entry, "aliases", alias));
        }
        LocalDate endOfLife =
                entry.has("endOfLife") ? entry.as("endOfLife", entry.text("endOfLife"), LocalDate::parse) : null;
        List<RegistryReference> standsFor = new ArrayList<>();
        for (String text : entry.texts("standsFor")) {
            standsFor.add(reference(entry, "standsFor", text));
        }
        return new CuratedRelease(
                label,
                aliases,
                entry.textOr("family", root.text("family")),
                entry.has("like") ? entry.texts("like") : root.has("like") ? root.texts("like") : List.of(),
                root.text("name"),
                entry.textOr("codename", ""),
                entry.textOr("version", ""),
                endOfLife,
                support(entry),
                entry.textOr("note", ""),
                standsFor,
                sources(entry),
                provisioning(entry.entry("provisioning").only("packages", "quirks")));
    }

    private static Support support(Entry entry) {
        String text = entry.text("support");
        for (Support support : Support.values()) {
            if (support.name().toLowerCase(Locale.ROOT).equals(text)) {
                return support;
            }
        }
        throw entry.invalid("support", "is none of tested, synthetic and untried");
    }

    private static List<Source> sources(Entry entry) {
        List<Source> sources = new ArrayList<>();
        for (Entry source : entry.entries("sources")) {
            sources.add(source(source));
        }
        if (sources.isEmpty()) {
            throw entry.invalid("sources", "names none");
        }
        return sources;
    }

    private static Source source(Entry source) {
        if (source.has("registry")) {
            source.only("registry");
            return new Registry(reference(source, "registry", source.text("registry")));
        }
        if (source.has("tarball")) {
            source.only("tarball", "sha256");
            URI uri = source.as("tarball", source.text("tarball"), CatalogueReader::address);
            Digest digest = source.has("sha256") ? source.as("sha256", source.text("sha256"), Digest::sha256) : null;
            return new Tarball(uri, digest);
        }
        if (source.has("bootstrap")) {
            source.only("bootstrap");
            Entry recipe = source.entry("bootstrap").only("suite", "variant", "include", "options");
            for (String option : recipe.texts("options")) {
                if (!option.startsWith("--")) {
                    throw recipe.invalid("options", "holds \"" + option + "\", which is no option");
                }
            }
            return new Bootstrap(
                    word(recipe, "suite"), word(recipe, "variant"), recipe.texts("include"), recipe.texts("options"));
        }
        throw source.invalid("", "is none of registry, tarball and bootstrap");
    }

    /** Text that becomes a word of a command line must not look like an option. */
    private static String word(Entry entry, String property) {
        String text = entry.text(property);
        if (text.startsWith("-")) {
            throw entry.invalid(property, "cannot be \"" + text + "\"");
        }
        return text;
    }

    private static Provisioning provisioning(Entry entry) {
        for (String quirk : entry.texts("quirks")) {
            if (!Provisioner.knows(quirk)) {
                throw entry.invalid(
                        "quirks", "holds \"" + quirk + "\", which is none of " + String.join(", ", Provisioner.QUIRKS));
            }
        }
        List<String> packages = entry.texts("packages");
        for (String name : packages) {
            if (name.startsWith("-") || name.indexOf(' ') >= 0) {
                throw entry.invalid("packages", "holds \"" + name + "\", which is no name of a package");
            }
        }
        return new Provisioning(packages, entry.texts("quirks"));
    }

    private static URI address(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
            throw new IllegalArgumentException("it is no http or https address");
        }
        return uri;
    }

    private static RegistryReference reference(Entry entry, String property, String text) {
        ImageReference reference = entry.as(property, text, ImageReference::parse);
        if (reference instanceof RegistryReference one && one.digest() == null) {
            return one;
        }
        throw entry.invalid(property, "cannot be \"" + text + "\": it is no image of a registry with a tag");
    }

    private static String label(Entry entry, String property, String text) {
        boolean good = text.charAt(0) >= 'a' && text.charAt(0) <= 'z' && text.indexOf('-') > 0;
        for (int i = 0; good && i < text.length(); i++) {
            char c = text.charAt(i);
            good = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.';
        }
        if (!good) {
            throw entry.invalid(
                    property,
                    "cannot be \"" + text + "\": a label is a distribution, a hyphen and a release in lower case");
        }
        return text;
    }
}
