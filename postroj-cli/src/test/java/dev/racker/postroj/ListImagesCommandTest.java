package dev.racker.postroj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.json.Json;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.StoredImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ListImagesCommandTest {

    private TestSession postroj;

    @BeforeEach
    void open(@TempDir Path directory) {
        postroj = TestSession.in(directory);
    }

    @Test
    void a_table_names_labels_end_and_support() {
        assertEquals(0, postroj.run("list-images", "debian-1[12]", "fedora-44"));

        assertEquals("", postroj.err());
        assertEquals("""
                LABEL             FAMILY   END OF LIFE   SUPPORT     INSTALLED   ALSO
                debian-bullseye   debian   2026-08-31    tested      -           debian-11
                debian-bookworm   debian   2028-06-30    tested      -           debian-12
                fedora-44         fedora   -             synthetic   -
                """, postroj.out());
    }

    @Test
    void labels_are_one_to_a_line() {
        assertEquals(0, postroj.run("list-images", "--format=labels", "--family=suse", "opensuse-*", "debian-*"));

        assertEquals("opensuse-leap-15.6\nopensuse-leap-16.0\nopensuse-tumbleweed\n", postroj.out());
    }

    @Test
    void json_is_one_document_with_everything_that_is_known() {
        assertEquals(0, postroj.run("list-images", "--format=json"));

        JsonNode tree = Json.tree(postroj.out().getBytes(StandardCharsets.UTF_8));
        JsonNode first = tree.get(0);
        assertTrue(tree.size() > 50);
        assertEquals("debian-stretch", first.get("label").asString());
        assertEquals("debian-9", first.get("aliases").get(0).asString());
        assertEquals("2022-06-30", first.get("endOfLife").asString());
        assertEquals("untried", first.get("support").asString());
        assertEquals("false", first.get("installed").toString());
    }

    @Test
    void an_image_is_installed_under_any_of_its_labels() {
        store("debian-12");
        store("docker.io/library/debian:sid");

        assertEquals(0, postroj.run("list-images", "--installed"));

        assertEquals("""
                LABEL             FAMILY   END OF LIFE   SUPPORT   INSTALLED   ALSO
                debian-bookworm   debian   2028-06-30    tested    12.3MB      debian-12
                """, postroj.out());
        assertEquals(0, postroj.run("list-images", "--format=json", "debian-bookworm"));
        JsonNode image =
                Json.tree(postroj.out().getBytes(StandardCharsets.UTF_8)).get(0);
        assertEquals(12_300_000, image.get("size").asInt());
    }

    @Test
    void nothing_installed_is_an_empty_list() {
        assertEquals(0, postroj.run("list-images", "--installed", "--format=labels"));

        assertEquals("", postroj.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian-bokworm", "--family=beos", "--format=xml", "--jobs=2"})
    void what_is_not_known_is_a_usage_error_that_quotes_it(String argument) {
        assertEquals(2, postroj.run("list-images", argument));

        String word = argument.startsWith("--jobs") ? "--jobs" : argument.substring(argument.indexOf('=') + 1);
        assertTrue(postroj.err().contains("\"" + word + "\""), postroj::err);
        assertEquals("", postroj.out());
    }

    @Test
    void a_label_that_is_nearly_right_gets_a_hint() {
        postroj.run("list-images", "debian-bokworm");

        assertEquals("""
                postroj: Tried to find the image "debian-bokworm", but the catalogue has no such label.
                Did you mean debian-bookworm? See `postroj list-images`.
                """, postroj.err());
    }

    private void store(String name) {
        postroj.session()
                .store()
                .images()
                .put(new StoredImage(
                        name,
                        name,
                        Digest.sha256("0".repeat(64)),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        12_300_000,
                        List.of(LayerId.ofRecipe(name)),
                        ImageConfig.empty(),
                        "bootstrap",
                        Platform.parse("linux/amd64"),
                        "debian",
                        StoredImage.Boot.NATIVE,
                        null));
    }
}
