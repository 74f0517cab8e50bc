package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.StateDirectories;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names and ids of images in a store. */
class ImageTagsTest {

    private static final Digest ONE = Digest.sha256("abcd1234".repeat(8));
    private static final Digest TWO = Digest.sha256("abcd5678".repeat(8));

    @TempDir
    Path directory;

    private Store store;
    private ImageTags tags;
    private ImageIds ids;
    private StoredImage image;

    @BeforeEach
    void open() {
        store = Store.open(
                new StateDirectories(directory.resolve("s"), directory.resolve("c"), directory.resolve("r")),
                new CommandRunner());
        tags = new ImageTags(store, new Events(directory.resolve("r"), new CommandRunner()));
        ids = new ImageIds(store.images());
        image = put("docker.io/library/app:1", ONE);
    }

    @Test
    void a_further_name_leads_to_the_same_image_and_its_blobs() {
        OciLayout.Descriptor manifest = store.oci().put("application/json", "{}".getBytes());
        store.oci().putEntry(OciLayout.refName(image.name()), manifest);

        tags.tag(image, "localhost:5000/team/app:2");

        StoredImage tagged = store.images().find("localhost:5000/team/app:2").orElseThrow();
        assertEquals(image.withName("localhost:5000/team/app:2"), tagged);
        assertEquals(
                manifest.digest(),
                store.oci()
                        .entry(OciLayout.refName(tagged.name()))
                        .orElseThrow()
                        .digest());
    }

    @Test
    void a_name_is_taken_from_the_image_that_had_it() {
        put("docker.io/library/other:latest", TWO);
        tags.tag(image, "other");
        assertEquals(
                ONE,
                store.images()
                        .find("docker.io/library/other:latest")
                        .orElseThrow()
                        .digest());
    }

    @Test
    void only_names_of_registries_can_be_given() {
        for (String name : List.of("oci:dir", "./file.tar", "app@" + ONE)) {
            HarnessException failure = assertThrows(HarnessException.class, () -> tags.tag(image, name), name);
            assertTrue(failure.getMessage().contains("\"" + name + "\""), failure.getMessage());
        }
        assertThrows(HarnessException.class, () -> tags.tag(image, "Upper"));
    }

    @Test
    void an_image_without_a_name_is_called_by_its_digest() {
        tags.tag(image, "app:2");

        tags.untag(image, List.of("app:2"));
        assertFalse(store.images().contains("docker.io/library/app:2"));
        assertFalse(store.images().contains(ONE.toString()));
        tags.untag(image, List.of());
        assertFalse(store.images().contains("docker.io/library/app:1"));
        assertTrue(store.images().contains(ONE.toString()));
        assertEquals(ONE.toString(), ids.unambiguous("abcd1").orElseThrow());
    }

    @Test
    void a_name_of_another_image_is_not_taken() {
        put("docker.io/library/other:1", TWO);
        HarnessException failure = assertThrows(HarnessException.class, () -> tags.untag(image, List.of("other:1")));
        assertTrue(failure.getMessage().contains("docker.io/library/other:1"), failure.getMessage());
    }

    @Test
    void an_image_that_is_gone_cannot_be_tagged() {
        store.images().remove(image.name());
        assertThrows(NoSuchImageException.class, () -> tags.tag(image, "app:2"));
    }

    @Test
    void ids_are_found_by_their_beginning_when_that_is_enough() {
        put("docker.io/library/other:1", TWO);
        tags.tag(image, "app:2");

        assertEquals(List.of("docker.io/library/app:1", "docker.io/library/app:2"), ids.names("abcd1"));
        assertEquals(
                "docker.io/library/other:1",
                ids.unambiguous("sha256:" + TWO.hex()).orElseThrow());
        assertTrue(ids.unambiguous("abcd").isEmpty(), "of two images");
        assertTrue(ids.unambiguous("ffff").isEmpty());
        for (String none : List.of("abc", "ABCD", "xyzw", "a".repeat(65))) {
            assertFalse(ImageIds.isId(none), none);
        }
    }

    private StoredImage put(String name, Digest digest) {
        StoredImage stored = new StoredImage(
                name,
                name,
                digest,
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                List.of(LayerId.ofRecipe("one")),
                ImageConfig.empty(),
                "registry",
                Platform.host(),
                "",
                Boot.NONE,
                null);
        store.images().put(stored);
        return stored;
    }
}
