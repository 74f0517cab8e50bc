package dev.racker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.acquire.CuratedRelease.Bootstrap;
import dev.racker.harness.acquire.CuratedRelease.Registry;
import dev.racker.harness.acquire.CuratedRelease.Source;
import dev.racker.harness.acquire.CuratedRelease.Support;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the catalogue holds, and what finds it. */
class CatalogueTest {

    @TempDir
    Path directory;

    static Stream<CuratedRelease> releases() {
        return new Catalogue(Path.of("/nonexistent")).all().stream();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void every_release_is_found_by_what_it_is_called(CuratedRelease release) {
        Catalogue catalogue = new Catalogue(directory);

        assertEquals(release, catalogue.byLabel(release.label()).orElseThrow());
        for (String alias : release.aliases()) {
            assertEquals(release, catalogue.byLabel(alias).orElseThrow());
        }
        for (RegistryReference reference : release.standsFor()) {
            assertEquals(release, catalogue.byReference(reference).orElseThrow());
        }
        assertFalse(release.standsFor().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void an_image_that_a_release_stands_for_is_found_before_anything_else_was_asked(CuratedRelease release) {
        for (RegistryReference reference : release.standsFor()) {
            assertTrue(new Catalogue(directory).byReference(reference).isPresent(), reference::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void every_release_can_be_had_and_becomes_bootable(CuratedRelease release) {
        assertFalse(release.provisioning().packages().isEmpty());
        assertFalse(release.aliases().isEmpty() && !release.family().equals("fedora"), "another label");
        for (Source source : release.sources()) {
            if (source instanceof Registry one) {
                assertTrue(release.standsFor().contains(one.reference()), one::toString);
            } else if (source instanceof Bootstrap recipe) {
                assertTrue(recipe.include().containsAll(List.of("systemd", "systemd-sysv", "dbus")));
                assertTrue(recipe.options().stream().noneMatch(option -> option.contains("://")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void only_what_the_project_boots_is_called_tested(CuratedRelease release) {
        List<String> booted =
                List.of("debian-bullseye", "debian-bookworm", "debian-trixie", "debian-testing", "debian-sid");

        assertEquals(booted.contains(release.label()), release.support() == Support.TESTED);
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/dev/racker/images"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void every_file_is_read() throws IOException {
        assertEquals(files(), CatalogueFiles.PROJECT.stream().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    void no_file_names_a_package_mirror(String file) {
        String text = new String(CatalogueFiles.resource(file), StandardCharsets.UTF_8);

        for (String domain : List.of("debian", "maven", "npmjs", "apache")) {
            assertFalse(text.contains(domain + ".org"), domain);
        }
        assertFalse(text.contains("://"), "an address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian-stretch",
                "debian-buster",
                "debian-bullseye",
                "debian-bookworm",
                "debian-sid",
                "ubuntu-focal",
                "ubuntu-jammy",
                "fedora-35",
                "fedora-36",
                "fedora-37",
                "rhel-7",
                "rhel-8",
                "rhel-9",
                "opensuse-leap",
                "opensuse-tumbleweed",
                "sles-15",
                "sles-bci",
                "centos-7",
                "centos-8",
                "centos-9",
                "rockylinux-8",
                "amazonlinux-2022",
                "oraclelinux-8",
                "archlinux-20220501",
                "debian-9",
                "debian-unstable",
                "ubuntu-20",
                "ubuntu-22",
                "opensuse-leap15",
                "opensuse-latest",
                "sles-latest"
            })
    void labels_of_the_first_racker_still_lead_somewhere(String label) {
        assertTrue(new Catalogue(directory).byLabel(label).isPresent(), label);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "debian-12|debian-bookworm",
                "debian-1[123]|debian-bullseye debian-bookworm debian-trixie",
                "*-bookworm|debian-bookworm",
                "debian-{sid,12}|debian-bookworm debian-sid",
                "fedora-4?|fedora-43 fedora-44 fedora-45",
                "centos-stream*|centos-stream-8 centos-stream-9 centos-stream-10"
            })
    void a_pattern_finds_each_release_once_in_the_order_of_the_catalogue(String glob, String labels) {
        assertEquals(
                List.of(labels.split(" ")),
                new Catalogue(directory)
                        .matching(glob).stream().map(CuratedRelease::label).toList());
    }

    @Test
    void several_patterns_find_each_release_once_in_the_order_asked_for() {
        List<CuratedRelease> found = new Catalogue(directory).matching(List.of("debian-sid", "debian-12", "debian-*"));

        assertEquals(7, found.size());
        assertEquals("debian-sid", found.get(0).label());
        assertEquals("debian-bookworm", found.get(1).label());
        assertEquals("debian-stretch", found.get(2).label());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "debian-bokworm|Did you mean debian-bookworm?",
                "fedora-377*|postroj list-images",
                "debian-[|postroj list-images",
                "|postroj list-images"
            })
    void what_nothing_is_called_is_an_error_that_names_what_is_near(String glob, String told) {
        String typed = glob == null ? "" : glob;

        UnknownLabelException e =
                assertThrows(UnknownLabelException.class, () -> new Catalogue(directory).matching(typed));

        assertTrue(e.getMessage().contains("\"" + typed + "\""), e.getMessage());
        assertTrue(e.hint().orElseThrow().contains(typed.equals("debian-[") ? "debian-*" : told), e.hint()::get);
    }

    @Test
    void a_label_with_a_mistake_in_it_is_near_the_one_that_was_meant() {
        assertEquals(List.of("debian-bookworm"), new Catalogue(directory).similar("debian-bokworm"));
        assertEquals(List.of(), new Catalogue(directory).similar("something-else"));
    }

    @Test
    void a_family_holds_its_relatives() {
        Catalogue catalogue = new Catalogue(directory);

        List<String> debian =
                catalogue.ofFamily("Debian").stream().map(CuratedRelease::label).toList();
        List<String> suse =
                catalogue.ofFamily("suse").stream().map(CuratedRelease::label).toList();

        assertTrue(debian.containsAll(List.of("debian-sid", "ubuntu-noble", "kali-rolling")), debian::toString);
        assertTrue(suse.containsAll(List.of("opensuse-tumbleweed", "sles-15")), suse::toString);
        assertFalse(suse.contains("debian-sid"));
        UnknownLabelException e = assertThrows(UnknownLabelException.class, () -> catalogue.ofFamily("beos"));
        assertTrue(e.hint().orElseThrow().contains("arch, "), e.hint()::get);
    }

    @Test
    void images_in_registries_are_one_release_each() {
        Map<RegistryReference, String> owners = new HashMap<>();
        for (CuratedRelease release : releases().toList()) {
            for (RegistryReference reference : release.standsFor()) {
                String other = owners.put(reference, release.label());
                assertTrue(other == null, () -> reference + " is " + other + " and " + release.label());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "debian:bookworm,debian-bookworm",
        "debian:bookworm-slim,debian-bookworm",
        "debian:12,debian-bookworm",
        "debian:12-slim,debian-bookworm",
        "docker.io/library/debian:12,debian-bookworm",
        "docker://docker.io/library/debian:12,debian-bookworm",
        "debian:latest,debian-trixie",
        "debian,debian-trixie",
        "debian:sid,debian-sid",
        "ubuntu:24.04,ubuntu-noble",
        "ubuntu:jammy,ubuntu-jammy",
        "ubuntu,ubuntu-resolute",
        "debian:forky-slim,debian-testing",
        "fedora:44,fedora-44",
        "centos:7,centos-7",
        "quay.io/centos/centos:stream9,centos-stream-9",
        "registry.access.redhat.com/ubi9,rhel-9",
        "rockylinux:9,rockylinux-9",
        "opensuse/tumbleweed,opensuse-tumbleweed",
        "archlinux,archlinux-latest"
    })
    void what_people_type_stands_for_a_release(String text, String label) {
        RegistryReference reference = (RegistryReference) ImageReference.parse(text);

        assertEquals(
                label,
                new Catalogue(directory).byReference(reference).orElseThrow().label());
    }

    @Test
    void other_images_and_pinned_ones_stand_for_nothing() {
        Catalogue catalogue = new Catalogue(directory);

        for (String text : List.of("quay.io/library/debian:12", "me/debian:12", "debian:12@sha256:" + "a".repeat(64))) {
            assertTrue(
                    catalogue
                            .byReference((RegistryReference) ImageReference.parse(text))
                            .isEmpty(),
                    text);
        }
        assertTrue(catalogue.byLabel("debian-potato").isEmpty());
    }

    @Test
    void the_page_in_the_documentation_is_the_catalogue() throws IOException {
        Path page = Path.of("../doc/images.rst");

        assertEquals(
                CataloguePage.of(releases().toList()),
                Files.readString(page),
                "write it again: CataloguePage.of(new Catalogue(...).all())");
    }
}
