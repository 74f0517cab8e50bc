package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageStoreTest {

    static final String HEX = "0123456789abcdef".repeat(4);

    @TempDir
    Path directory;

    private StorePaths paths;
    private ImageStore store;

    @BeforeEach
    void open() {
        paths = new StorePaths(
                new StateDirectories(directory.resolve("s"), directory.resolve("c"), directory.resolve("r")));
        store = new ImageStore(paths);
    }

    static StoredImage image(String name, LayerId... layers) {
        ImageConfig config = new ImageConfig(
                List.of("/entry"),
                List.of("a \"b\"", ""),
                List.of("A=\u00fc\n"),
                "u",
                "/w",
                "SIGTERM",
                Map.of("k", "v"),
                List.of("80/tcp"),
                List.of("/v"));
        return new StoredImage(
                name,
                "debian:12",
                Digest.sha256(HEX),
                Instant.parse("2024-02-03T04:05:06.123456789Z"),
                Instant.parse("2026-11-22T00:00:00Z"),
                1L << 40,
                List.of(layers),
                config,
                "registry",
                new Platform("linux", "arm64", "v8"),
                "debian",
                Boot.LAYER,
                LayerId.ofRecipe("boot"));
    }

    @Test
    void an_image_is_found_as_it_was_put() {
        StoredImage image = image("docker.io/library/debian:12", LayerId.ofRecipe("1"), LayerId.ofRecipe("2"));

        store.put(image);

        assertEquals(Optional.of(image), store.find("docker.io/library/debian:12"));
        assertEquals(Optional.empty(), store.find("docker.io/library/debian"));
        StoredImage plain = image.withBoot(Boot.NATIVE, null).withName("x".repeat(400));
        store.put(plain);
        assertEquals(Optional.of(plain), store.find("x".repeat(400)));
        assertEquals(List.of(image, plain), store.list().images());
    }

    @Test
    void an_empty_store_has_no_images() {
        assertEquals(List.of(), store.list().images());
        assertEquals(Optional.empty(), store.find("x"));
        assertFalse(store.remove("x"));
    }

    @Test
    void each_name_of_an_image_is_removed_for_itself() {
        StoredImage image = image("debian-12", LayerId.ofRecipe("1"));
        store.put(image);
        store.put(image.withName("debian-bookworm"));

        assertTrue(store.remove("debian-12"));

        assertEquals(Optional.empty(), store.find("debian-12"));
        assertEquals(
                "debian-bookworm", store.find("debian-bookworm").orElseThrow().name());
    }

    @Test
    void a_new_record_replaces_the_old_one_and_leaves_nothing_beside_it() throws IOException {
        store.put(image("x", LayerId.ofRecipe("1")));
        store.put(image("x", LayerId.ofRecipe("2")));

        assertEquals(
                List.of(LayerId.ofRecipe("2")), store.find("x").orElseThrow().layers());
        try (var files = Files.list(paths.imagesDirectory())) {
            assertEquals(1, files.count());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | it ends too early",
                "{ | it is broken (line 1",
                "[] | 'the document' is not an object",
                "null | it is not an object",
                "{} | 'name' is missing",
                "{\"format\":1,\"name\":\"x\"} | 'reference' is missing",
                "{\"digest\":\"sha256:1\"} | 'digest' holds 'sha256:1'",
                "{\"layers\":[\"../../etc\"]} | '../../etc' is no layer id",
                "{\"boot\":\"MAYBE\"} | 'boot' holds 'MAYBE'",
                "{\"created\":\"now\"} | 'created' holds 'now'",
                "{\"size\":\"big\"} | 'size' is not an integer",
                "{\"format\":2} | it has format 2, and this version knows no format after 1",
            })
    void a_damaged_record_is_told_with_file_and_remedy(String json, String problem) throws IOException {
        store.put(image("good", LayerId.ofRecipe("1")));
        Files.writeString(paths.image("a/b"), json);

        DamagedRecordException failure = assertThrows(DamagedRecordException.class, () -> store.find("a/b"));

        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
        assertTrue(failure.getMessage().contains(paths.image("a/b").toString()), failure.getMessage());
        assertTrue(
                failure.hint().orElseThrow().contains("racker rmi 'a/b'"),
                failure.hint().orElseThrow());
        ImageStore.Listing listing = store.list();
        assertEquals(1, listing.images().size());
        assertEquals("a/b", listing.damaged().get(0).name());
        assertTrue(store.remove("a/b"));
        assertEquals(List.of(), store.list().damaged());
    }

    @Test
    void a_record_under_a_foreign_file_name_is_damaged() throws IOException {
        store.put(image("x", LayerId.ofRecipe("1")));
        Path foreign = paths.imagesDirectory().resolve("a copy");
        Files.copy(paths.image("x"), foreign);

        DamagedRecordException failure = store.list().damaged().get(0);

        assertTrue(failure.getMessage().contains("it is the record of 'x'"), failure.getMessage());
        assertTrue(
                failure.hint().orElseThrow().contains("rm '" + foreign + "'"),
                failure.hint().orElseThrow());
    }

    @Test
    void every_cut_of_a_record_is_damaged_and_never_half_an_image() throws IOException {
        store.put(image("x", LayerId.ofRecipe("1")));
        byte[] whole = Files.readAllBytes(paths.image("x"));
        for (int length = 0; length < whole.length - 2; length++) {
            Files.write(paths.image("x"), java.util.Arrays.copyOf(whole, length));
            assertThrows(DamagedRecordException.class, () -> store.find("x"));
        }
    }

    @Test
    void properties_of_later_versions_are_passed_over() throws IOException {
        store.put(image("x", LayerId.ofRecipe("1")));
        String json = Files.readString(paths.image("x"));
        Files.writeString(paths.image("x"), json.replaceFirst("\\{", "{\"later\":{\"a\":[1,{}]},"));

        assertEquals("x", store.find("x").orElseThrow().name());
    }

    @Test
    void a_write_that_fails_keeps_what_was_there() throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "");
        ImageStore broken = new ImageStore(new StorePaths(new StateDirectories(file, file, file)));

        assertThrows(HarnessException.class, () -> broken.put(image("x", LayerId.ofRecipe("1"))));

        Files.createDirectories(paths.image("x"));
        Files.writeString(paths.image("x").resolve("in the way"), "");
        HarnessException failure =
                assertThrows(HarnessException.class, () -> store.put(image("x", LayerId.ofRecipe("1"))));
        assertTrue(failure.getMessage().startsWith("Tried to write " + paths.image("x")), failure.getMessage());
        try (var files = Files.list(paths.imagesDirectory())) {
            assertEquals(List.of(paths.image("x")), files.toList());
        }
    }

    @Test
    void what_is_no_directory_or_there_already_is_told_in_words() {
        assertEquals(
                "Tried to list x, but /x is not a directory.",
                StoreFailures.of("list x", new java.nio.file.NotDirectoryException("/x"))
                        .getMessage());
        assertEquals(
                "Tried to make x, but /x is there already.",
                StoreFailures.of("make x", new java.nio.file.FileAlreadyExistsException("/x"))
                        .getMessage());
    }

    @Test
    void a_full_disk_is_told_with_a_remedy() {
        HarnessException failure = StoreFailures.of(
                "write x", new java.nio.file.FileSystemException("/x", null, "No space left on device"));

        assertEquals("Tried to write x, but No space left on device (/x).", failure.getMessage());
        assertTrue(failure.hint().orElseThrow().contains("racker rmi"));
    }

    @Test
    void an_image_has_its_layers_in_one_variant_with_the_boot_layer_last() {
        StoredImage image = image("x", LayerId.ofRecipe("1"), LayerId.ofRecipe("2"));

        assertEquals(
                List.of(
                        LayerId.ofRecipe("1").unshifted(),
                        LayerId.ofRecipe("2").unshifted(),
                        LayerId.ofRecipe("boot").unshifted()),
                image.stack(IdMapping.IDENTITY));
        assertThrows(IllegalArgumentException.class, () -> image.withBoot(Boot.PENDING, LayerId.ofRecipe("b")));
        assertThrows(IllegalArgumentException.class, () -> image("x"));
    }
}
