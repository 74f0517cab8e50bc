package dev.racker.images;

import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.acquire.CuratedRelease.Bootstrap;
import dev.racker.harness.acquire.CuratedRelease.Registry;
import dev.racker.harness.acquire.CuratedRelease.Source;
import dev.racker.harness.acquire.CuratedRelease.Tarball;
import dev.racker.harness.distribution.Provisioner;
import dev.racker.harness.image.RegistryReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the page {@code doc/images.rst} out of the catalogue, so that the two never differ. */
public final class CataloguePage {

    private static final String HEAD = """
            ##############
            Curated images
            ##############

            .. This page is written by CataloguePage out of the files in curated-images; a test compares the two.

            These releases are known by name, by any of their labels: ``racker run debian-bookworm``,
            ``postroj pkgprobe --image=debian-12``. ``postroj list-images`` prints them, ``postroj pull 'debian-*'``
            brings them. Sources are tried in order, the next one only while a registry cannot be reached. An image such
            as ``debian:bookworm-slim`` that *is* a release is made from the distribution's packages when its registry
            cannot be reached; ``racker pull --source registry`` and ``--source bootstrap`` decide otherwise.

            .. contents::
               :local:
               :depth: 1

            What support means
            ==================

            *tested*
                The project boots this release, made from its own packages, and installs packages in it.
            *synthetic*
                The project could not get the release itself. It boots Debian's userland under such an os-release with the
                same package manager (dnf, zypper or pacman), and installs and removes packages there.
            *untried*
                Nobody of the project has booted it. Names and treatments are what its distribution documents.

            """;

    private static final String TAIL = """
            Images of your own
            ==================

            Files ``*.json`` in ``/etc/racker/images.d`` (or where ``RACKER_IMAGES_DIR`` points) add releases; one with
            the label of a release above replaces it. No label may be used twice. A file describes one distribution:

            .. code-block:: json

                {
                  "name": "Example Linux",
                  "family": "example",
                  "like": ["debian"],
                  "releases": [
                    {
                      "label": "example-one",
                      "aliases": ["example-1"],
                      "codename": "one",
                      "version": "1",
                      "endOfLife": "2030-12-31",
                      "support": "untried",
                      "note": "What somebody should know who uses it.",
                      "standsFor": ["registry.example.org/example:one"],
                      "sources": [
                        {"registry": "registry.example.org/example:one"},
                        {"tarball": "https://example.org/one.tar.xz", "sha256": "<64 hexadecimal digits>"},
                        {"bootstrap": {"suite": "one", "variant": "minbase", "include": ["dbus"], "options": []}}
                      ],
                      "provisioning": {"packages": ["systemd", "systemd-sysv", "dbus"], "quirks": []}
                    }
                  ]
                }

            ``family`` and ``like`` are the ``ID`` and ``ID_LIKE`` of os-release; a release may have its own. ``like``,
            ``codename``, ``version``, ``endOfLife``, ``note`` and ``sha256`` may be left away. ``options`` are handed to
            mmdebstrap as they are.

            ``provisioning`` says how an image without an init becomes bootable. ``packages`` are all that is installed;
            an empty list means what is usual with the image's package manager. ``quirks`` are done before that:

            """;

    private static final int WIDTH = 110;

    private static final Map<String, String> QUIRKS = Map.of(
            "archived-mirror",
            "The release has left the mirrors. Where the image's sources name a mirror of the distribution, they name its "
                    + "archive from then on; other mirrors stay.",
            "dated-mirror:YYYY-MM-DD",
            "The packages of Arch Linux as they were on that day.",
            "no-download-sandbox",
            "pacman 7 fetches without its sandbox, which is not to be had in many containers.");

    private CataloguePage() {}

    /** The whole page in reStructuredText. */
    public static String of(List<CuratedRelease> releases) {
        Map<String, List<CuratedRelease>> distributions = new LinkedHashMap<>();
        for (CuratedRelease release : releases) {
            distributions
                    .computeIfAbsent(release.distribution(), name -> new ArrayList<>())
                    .add(release);
        }
        StringBuilder page = new StringBuilder(HEAD);
        distributions.forEach((name, some) -> section(page, name, some));
        page.append(TAIL);
        for (String quirk : Provisioner.QUIRKS) {
            page.append("``").append(quirk).append("``\n");
            wrap(page, "    ", "    ", QUIRKS.get(quirk));
        }
        return stripped(page.toString());
    }

    private static void section(StringBuilder page, String name, List<CuratedRelease> releases) {
        page.append(name).append('\n').append("=".repeat(name.length())).append("\n\n");
        page.append(".. list-table::\n    :header-rows: 1\n    :widths: auto\n\n");
        row(page, "label", "also", "end of life", "support", "sources", "also this release");
        for (CuratedRelease release : releases) {
            row(
                    page,
                    code(List.of(release.label())),
                    code(release.aliases()),
                    release.endOfLife() == null
                            ? "none set"
                            : release.endOfLife().toString(),
                    release.support().name().toLowerCase(Locale.ROOT),
                    code(release.sources().stream().map(CataloguePage::text).toList()),
                    code(others(release)));
        }
        page.append('\n');
        boolean noted = false;
        for (CuratedRelease release : releases) {
            if (!release.note().isEmpty()) {
                wrap(page, "- ", "  ", "``" + release.label() + "``: " + release.note());
                noted = true;
            }
        }
        page.append(noted ? "\n" : "");
    }

    /** The images that are this release and no source of it. */
    private static List<String> others(CuratedRelease release) {
        List<RegistryReference> others = new ArrayList<>(release.standsFor());
        release.sources().forEach(source -> {
            if (source instanceof Registry one) {
                others.remove(one.reference());
            }
        });
        return others.stream().map(RegistryReference::familiar).toList();
    }

    private static void row(StringBuilder page, String... cells) {
        for (int i = 0; i < cells.length; i++) {
            page.append(i == 0 ? "    * - " : "      - ").append(cells[i]).append('\n');
        }
    }

    private static void wrap(StringBuilder page, String first, String next, String text) {
        StringBuilder line = new StringBuilder(first);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                page.append(line).append('\n');
                line = new StringBuilder(next);
            }
            line.append(word).append(' ');
        }
        page.append(line).append('\n');
    }

    /** A source as people read it. */
    static String text(Source source) {
        if (source instanceof Registry one) {
            return one.reference().toString();
        }
        if (source instanceof Tarball one) {
            return one.uri().toString();
        }
        return "mmdebstrap " + ((Bootstrap) source).suite();
    }

    private static String code(List<String> words) {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            text.append(text.isEmpty() ? "" : ", ").append("``").append(word).append("``");
        }
        return text.toString();
    }

    private static String stripped(String page) {
        StringBuilder stripped = new StringBuilder();
        for (String line : page.split("\n")) {
            stripped.append(line.stripTrailing()).append('\n');
        }
        return stripped.toString();
    }
}
