package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.RegistryReference;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One release of a distribution: how it is called and where it can be had.
 *
 * @param label the name it is shown by: {@code debian-bookworm}
 * @param aliases further labels: {@code debian-12}
 * @param family the {@code ID} of its os-release(5)
 * @param like the {@code ID_LIKE} of its os-release(5), the nearest relative first
 * @param distribution the distribution's name for people: {@code Debian}
 * @param codename {@code bookworm}; may be empty
 * @param version {@code 12}; may be empty
 * @param endOfLife the last day with updates for everybody; null when none is set
 * @param support how far it was tried
 * @param note what somebody should know who uses it; may be empty
 * @param standsFor images in registries that are this release: they become bootable in its way, and it may stand for
 *     them when the registry cannot be reached
 * @param sources where it can be had, the preferred first; never empty
 * @param provisioning what it needs to become bootable
 */
public record CuratedRelease(
        String label,
        List<String> aliases,
        String family,
        List<String> like,
        String distribution,
        String codename,
        String version,
        LocalDate endOfLife,
        Support support,
        String note,
        List<RegistryReference> standsFor,
        List<Source> sources,
        Provisioning provisioning) {

    /** Takes copies of the lists. */
    public CuratedRelease {
        aliases = List.copyOf(aliases);
        like = List.copyOf(like);
        standsFor = List.copyOf(standsFor);
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a release needs a source");
        }
    }

    /** Everything it is called, the label first. */
    public List<String> labels() {
        List<String> labels = new ArrayList<>();
        labels.add(label);
        labels.addAll(aliases);
        return labels;
    }

    /** Says whether this is the {@code ID} of its os-release or of a relative, in any case of letters. */
    public boolean isOf(String id) {
        return family.equalsIgnoreCase(id) || like.stream().anyMatch(id::equalsIgnoreCase);
    }

    /** How far a release was tried. */
    public enum Support {
        /** The project has booted it. */
        TESTED,
        /** The project has booted something made to look like it. */
        SYNTHETIC,
        /** Nobody of the project has booted it. */
        UNTRIED
    }

    /** Where a release can be had. */
    public sealed interface Source permits Registry, Tarball, Bootstrap {}

    /** From a registry. */
    public record Registry(RegistryReference reference) implements Source {}

    /** From a root file system tarball on a web server; the digest may be null. */
    public record Tarball(URI uri, Digest digest) implements Source {}

    /**
     * From the distribution's own package mirror, made with mmdebstrap.
     *
     * @param suite what the mirror calls the release
     * @param variant of mmdebstrap(1): {@code minbase}, {@code apt}, ...
     * @param include packages beyond the variant's
     * @param options further options of mmdebstrap, word by word
     */
    public record Bootstrap(String suite, String variant, List<String> include, List<String> options)
            implements Source {

        /** Takes copies of the lists. */
        public Bootstrap {
            include = List.copyOf(include);
            options = List.copyOf(options);
        }
    }

    /**
     * What an image of this release needs to become bootable.
     *
     * @param packages what to install; empty for what is usual with its package manager
     * @param quirks names of special treatments that the provisioner knows
     */
    public record Provisioning(List<String> packages, List<String> quirks) {

        /** Takes copies of the lists. */
        public Provisioning {
            packages = List.copyOf(packages);
            quirks = List.copyOf(quirks);
        }

        /** What is done to an image that nobody knows: what is usual with its package manager. */
        public static Provisioning usual() {
            return new Provisioning(List.of(), List.of());
        }
    }
}
