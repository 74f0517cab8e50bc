package dev.racker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.acquire.CuratedRelease.Bootstrap;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {

    private static final String GOOD = """
            {"name":"Mine","family":"debian","releases":[{"label":"mine-one","aliases":["mine-1"],"codename":"one",
             "version":"1","endOfLife":"2030-01-01","support":"untried","standsFor":["r.example/mine:1"],
             "sources":[{"registry":"r.example/mine:1"},{"tarball":"https://r.example/mine.tar.xz"}],
             "provisioning":{"packages":["dbus"],"quirks":[]}}]}
            """;

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
    void every_bootstrapped_release_boots_by_itself(CuratedRelease release) {
        List<Bootstrap> recipes = release.sources().stream()
                .filter(Bootstrap.class::isInstance)
                .map(Bootstrap.class::cast)
                .toList();

        assertEquals(1, recipes.size());
        assertTrue(recipes.get(0).include().containsAll(List.of("systemd", "systemd-sysv", "dbus")));
        assertTrue(recipes.get(0).options().stream().noneMatch(option -> option.contains("://")));
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
        "ubuntu,ubuntu-resolute"
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
    void files_of_the_user_add_and_replace_releases() throws IOException {
        Files.writeString(directory.resolve("mine.json"), GOOD);
        Files.writeString(
                directory.resolve("other.json"),
                GOOD.replace("mine-one", "debian-sid").replace("mine-1", "x-y"));
        Files.writeString(directory.resolve("notes.txt"), "not read");
        Catalogue catalogue = Catalogue.fromEnvironment(Map.of(Catalogue.DIRECTORY_VARIABLE, directory.toString()));

        assertEquals("1", catalogue.byLabel("mine-1").orElseThrow().version());
        assertEquals("Mine", catalogue.byLabel("debian-sid").orElseThrow().distribution());
        assertEquals("Debian", catalogue.byLabel("debian-12").orElseThrow().distribution());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"label\":\"mine-one\"|\"label\":\"Mine One\"|\"label\" cannot be \"Mine One\"",
                "\"version\":\"1\"|\"verison\":\"1\"|\"mine-one\" the property \"verison\" is not known",
                "\"2030-01-01\"|\"soon\"|\"endOfLife\" cannot be \"soon\"",
                "\"untried\"|\"great\"|\"support\" is none of",
                "[\"r.example/mine:1\"]|[\"NOPE:::\"]|\"standsFor\" cannot be \"NOPE:::\"",
                "[\"r.example/mine:1\"]|\"r.example/mine:1\"|\"standsFor\" is no list",
                "{\"tarball\"|{\"tarbal\"|\"sources\" is none of registry",
                "\"packages\":[\"dbus\"],|``|\"provisioning.packages\" is missing",
                "\"family\":\"debian\",|``|\"family\" is missing",
                "{\"name\"|{{\"name\"|it is no JSON"
            })
    void a_mistake_is_told_with_file_entry_and_property(String right, String wrong, String told) throws IOException {
        Path file = directory.resolve("mine.json");
        assertTrue(GOOD.contains(right), right);
        Files.writeString(file, GOOD.replace(right, wrong));

        InvalidCatalogueException e =
                assertThrows(InvalidCatalogueException.class, () -> new Catalogue(directory).all());

        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertTrue(e.getMessage().contains(told), e.getMessage());
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
