package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreValuesTest {

    private static final String ID = "0123456789abcdef".repeat(2);

    @Test
    void directories_are_the_defaults_unless_the_environment_names_others() {
        StateDirectories directories =
                StateDirectories.fromEnvironment(Map.of("RACKER_STATE_DIR", "/srv/a/../state", "RACKER_CACHE_DIR", ""));

        assertEquals(Path.of("/srv/state"), directories.state());
        assertEquals(Path.of("/var/cache/postroj"), directories.cache());
        assertEquals(Path.of("/run/postroj"), directories.run());
    }

    @Test
    void a_relative_directory_is_refused_by_the_name_of_its_variable() {
        HarnessException failure = assertThrows(
                HarnessException.class, () -> StateDirectories.fromEnvironment(Map.of("RACKER_RUN_DIR", "run")));

        assertTrue(failure.getMessage().contains("RACKER_RUN_DIR='run'"), failure.getMessage());
    }

    @Test
    void all_paths_are_within_the_three_directories() {
        StorePaths paths = new StorePaths(new StateDirectories(Path.of("/s"), Path.of("/c"), Path.of("/r")));

        assertEquals(Path.of("/s/oci"), paths.ociLayout());
        assertEquals(Path.of("/s/layers/" + ID), paths.layer(new LayerId(ID)));
        assertEquals(Path.of("/s/containers/x"), paths.container("x"));
        assertEquals(Path.of("/r/locks"), paths.locks());
        assertEquals(Path.of("/r/machines/x"), paths.machineRun("x"));
        assertEquals(Path.of("/c/downloads"), paths.downloads());
        assertEquals(
                Path.of("/s/images/docker.io%2Flibrary%2Fdebian%3A12.json"),
                paths.image("docker.io/library/debian:12"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                ".",
                "..",
                "../../etc/passwd",
                "a/b:c@d",
                "%2F",
                "~",
                "x y\n\"'",
                "ü€😀",
                ".hidden",
                "-a",
                "A"
            })
    void a_file_name_stands_for_any_text(String text) {
        String name = FileNames.encode(text);

        assertEquals(text, FileNames.decode(name));
        assertTrue(name.chars().allMatch(c -> c < 128 && c != '/' && c != ':' && c > ' '), name);
        assertFalse(name.startsWith("."), name);
    }

    @Test
    void a_long_text_has_a_file_name_of_its_own_that_fits() {
        String one = FileNames.encode("/".repeat(300) + "a");
        String other = FileNames.encode("/".repeat(300) + "b");

        assertNotEquals(one, other);
        assertTrue(one.length() <= 220, one);
        assertTrue(FileNames.decode(one).startsWith("/////"), FileNames.decode(one));
        for (int length = 150; length < 170; length++) {
            String cut = FileNames.encode("a".repeat(length) + ":" + "b".repeat(200));
            assertTrue(cut.matches("[a-z]+(%3A)?[a-z]*~[0-9a-f]{32}"), cut);
        }
    }

    @Test
    void a_layer_is_named_by_its_content_or_recipe() {
        Digest digest = Digest.sha256(ID + ID);

        assertEquals(ID, LayerId.ofContent(digest).value());
        assertEquals(LayerId.ofRecipe("a"), LayerId.ofRecipe("a"));
        assertNotEquals(LayerId.ofRecipe("a"), LayerId.ofRecipe("b"));
    }

    @Test
    void a_layer_has_a_variant_for_each_mapping() {
        LayerId shifted = new LayerId(ID);
        LayerId unshifted = shifted.unshifted();

        assertEquals(ID + "-u", unshifted.value());
        assertTrue(unshifted.isUnshifted());
        assertEquals(unshifted, unshifted.unshifted());
        assertEquals(shifted, unshifted.shifted());
        assertEquals(shifted, unshifted.variant(IdMapping.SHIFTED));
        assertEquals(unshifted, shifted.variant(IdMapping.IDENTITY));
        assertEquals(IdMapping.SHIFTED, shifted.mapping());
        assertEquals(IdMapping.IDENTITY, unshifted.mapping());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-u", "../0123456789abcdef0123456789abcd", "0123456789ABCDEF0123456789ABCDEF"})
    void a_wrong_layer_id_is_refused(String text) {
        assertThrows(HarnessException.class, () -> new LayerId(text));
    }
}
