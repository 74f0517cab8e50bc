package dev.racker.images;

import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.acquire.CuratedRelease.Bootstrap;
import dev.racker.harness.acquire.CuratedRelease.Registry;
import dev.racker.harness.acquire.CuratedRelease.Source;
import dev.racker.harness.acquire.CuratedRelease.Tarball;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the page {@code doc/images.rst} out of the catalogue, so that the two never differ. */
public final class CataloguePage {

    private static final String HEAD = """
            ##############
            Curated images
            ##############

            These releases are known by name: ``racker run debian-bookworm``, or by an alias. An image such as
            ``debian:bookworm-slim`` that a release *stands for* is made from the distribution's packages when its
            registry cannot be reached; ``racker pull --source registry`` and ``--source bootstrap`` decide otherwise.

            *tested*: the project has booted it. *synthetic*: the project has booted something made to look like it.
            *untried*: nobody of the project has booted it.

            """;

    private static final String TAIL = """

            Images of your own
            ==================

            Files ``*.json`` in ``/etc/racker/images.d`` (or where ``RACKER_IMAGES_DIR`` points) add releases; one with
            the label of a release above replaces it. A file describes one distribution:

            .. code-block:: json

                {
                  "name": "Example Linux",
                  "family": "debian",
                  "releases": [
                    {
                      "label": "example-one",
                      "aliases": ["example-1"],
                      "codename": "one",
                      "version": "1",
                      "endOfLife": "2030-12-31",
                      "support": "untried",
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

            ``family`` is the ``ID`` of os-release, and decides which package manager is used. ``codename``, ``version``,
            ``endOfLife`` and ``sha256`` may be left away. Sources are tried in order; the next one only when a registry
            cannot be reached. ``options`` are handed to mmdebstrap as they are.
            """;

    private CataloguePage() {}

    /** The whole page in reStructuredText. */
    public static String of(List<CuratedRelease> releases) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"label", "aliases", "stands for", "sources", "end of life", "support"});
        for (CuratedRelease release : releases) {
            rows.add(row(release));
        }
        StringBuilder page = new StringBuilder(HEAD);
        page.append(".. list-table::\n    :header-rows: 1\n\n");
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                page.append(i == 0 ? "    * - " : "      - ").append(row[i]);
                page.append('\n');
            }
        }
        return stripped(page.append(TAIL).toString());
    }

    private static String[] row(CuratedRelease release) {
        List<String> references = new ArrayList<>();
        release.standsFor().forEach(reference -> references.add(reference.familiar()));
        List<String> sources = new ArrayList<>();
        release.sources().forEach(source -> sources.add(text(source)));
        return new String[] {
            code(List.of(release.label())),
            code(release.aliases()),
            code(references),
            code(sources),
            release.endOfLife() == null ? "none" : release.endOfLife().toString(),
            release.support().name().toLowerCase(Locale.ROOT)
        };
    }

    private static String text(Source source) {
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
