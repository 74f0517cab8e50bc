package dev.racker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of the user, which add to the catalogue, and what is told of those that cannot be read. */
class OwnImagesTest {

    private static final String GOOD = """
            {"name":"Mine","family":"debian","releases":[{"label":"mine-one","aliases":["mine-1"],"codename":"one",
             "version":"1","endOfLife":"2030-01-01","support":"untried","standsFor":["r.example/mine:1"],
             "sources":[{"registry":"r.example/mine:1"},{"tarball":"https://r.example/mine.tar.xz"}],
             "provisioning":{"packages":["dbus"],"quirks":[]}}]}
            """;

    @TempDir
    Path directory;

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
                "mine-one|debian-12|the property \"aliases\" holds \"debian-12\", which is \"debian-12\" in ",
                "mine-1|debian-sid|the property \"aliases\" holds \"debian-sid\", which is \"debian-sid\" in debian.json",
                "mine-1|debian-11|the property \"aliases\" holds \"debian-11\", which is \"debian-bullseye\" in debian.json",
                "mine-1|mine-one|in \"mine-one\" the property \"aliases\" holds \"mine-one\" twice"
            })
    void a_label_leads_to_one_release(String right, String wrong, String told) throws IOException {
        Files.writeString(directory.resolve("mine.json"), GOOD.replace("\"" + right + "\"", "\"" + wrong + "\""));

        InvalidCatalogueException e =
                assertThrows(InvalidCatalogueException.class, () -> new Catalogue(directory).all());

        assertTrue(e.getMessage().contains(told), e.getMessage());
    }

    @Test
    void two_files_of_the_user_may_not_have_the_same_label() throws IOException {
        Files.writeString(directory.resolve("a.json"), GOOD);
        Files.writeString(directory.resolve("b.json"), GOOD.replace("mine-1", "mine-2"));

        InvalidCatalogueException e =
                assertThrows(InvalidCatalogueException.class, () -> new Catalogue(directory).all());

        assertTrue(
                e.getMessage()
                        .contains("b.json, but in \"mine-one\" the property \"label\" is used in "
                                + directory.resolve("a.json") + " already."),
                e.getMessage());
    }

    @Test
    void a_file_that_cannot_be_read_is_told_with_the_reason() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("gone.json"), directory.resolve("nowhere"));

        HarnessException gone = assertThrows(HarnessException.class, () -> new Catalogue(directory).all());
        Files.delete(link);
        Files.createDirectory(link);
        HarnessException folder = assertThrows(HarnessException.class, () -> new Catalogue(directory).all());
        Files.delete(link);
        Files.createFile(link);
        HarnessException empty = assertThrows(HarnessException.class, () -> new Catalogue(directory).all());
        HarnessException nowhere = assertThrows(HarnessException.class, () -> new Catalogue(link).all());

        assertTrue(gone.getMessage().endsWith("gone.json, but it failed: it links to nothing."), gone.getMessage());
        assertTrue(folder.getMessage().contains("gone.json, but it failed: Is a directory"), folder.getMessage());
        assertTrue(empty.getMessage().endsWith("there is nothing in it."), empty.getMessage());
        assertTrue(nowhere.getMessage().endsWith("but it failed: it is no directory."), nowhere.getMessage());
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
                "\"https://r.example/mine.tar.xz\"|\"mine.tar.xz\"|\"sources.tarball\" cannot be \"mine.tar.xz\"",
                "\"quirks\":[]|\"quirks\":[\"magic\"]|\"provisioning.quirks\" holds \"magic\"",
                "[\"dbus\"]|[\"--force\"]|\"provisioning.packages\" holds \"--force\"",
                "\"aliases\":[\"mine-1\"]|\"aliases\":\"mine-1\"|\"aliases\" is no list",
                "{\"tarball\"|{\"tarbal\"|\"sources\" is none of registry",
                "\"packages\":[\"dbus\"],|``|\"provisioning.packages\" is missing",
                "\"family\":\"debian\",|``|\"family\" is missing",
                "{\"name\"|{{\"name\"|it is no JSON",
                "\"releases\":[{|\"releases\":[[],{|\"releases\" is no JSON object"
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
}
