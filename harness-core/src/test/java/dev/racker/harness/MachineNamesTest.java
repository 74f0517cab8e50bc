package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineNamesTest {

    private static final String ID = "3f2a0123abcd";
    private static final String LONG = "a".repeat(100);

    @ParameterizedTest
    @CsvSource({
        "debian:bookworm-slim, postroj-debian-bookworm-slim-3f2a",
        "debian, postroj-debian-latest-3f2a",
        "debian-bookworm, postroj-debian-bookworm-3f2a",
        "quay.io/centos/centos:stream9, postroj-centos-stream9-3f2a",
        "localhost:5000/my_team/my__image:v1.2_rc, postroj-my-image-v1.2-rc-3f2a",
        "debian@sha256:1111111111111111111111111111111111111111111111111111111111111111, postroj-debian-3f2a",
        "dir:/srv/My Tree, postroj-My-Tree-3f2a",
        "dir:/, postroj-machine-3f2a",
        "docker-archive:/srv/some_thing.tar, postroj-some-thing-3f2a",
    })
    void a_generated_name_tells_the_image(String reference, String name) {
        assertEquals(
                name,
                MachineNames.generated(ImageReference.parse(reference, "debian-bookworm"::equals), ID, taken -> false));
    }

    @ParameterizedTest
    @CsvSource({
        "web, web",
        "web-1.example.org, web-1.example.org",
        "Web, Web",
        "web_1, web-1-3f2a",
        "web__1, web-1-3f2a",
        "web_, web-3f2a",
        "web., web-3f2a",
        "a-._b, a-b-3f2a",
        "1..2, 1.2-3f2a",
    })
    void a_machine_is_called_like_its_container_as_far_as_host_names_go(String container, String machine) {
        assertEquals(machine, MachineNames.machine(container, ID));
    }

    @Test
    void a_name_of_64_characters_stays_and_a_longer_one_is_cut_to_64() {
        assertEquals("a".repeat(64), MachineNames.machine("a".repeat(64), ID));
        assertEquals("a".repeat(59) + "-3f2a", MachineNames.machine("a".repeat(65), ID));
        assertEquals("a".repeat(58) + "-3f2a", MachineNames.machine("a".repeat(58) + "_" + LONG, ID));
    }

    @Test
    void a_generated_name_that_is_taken_tells_more_of_the_id() {
        ImageReference debian = ImageReference.parse("debian");

        assertEquals(
                "postroj-debian-latest-3f2a0123abcd",
                MachineNames.generated(debian, ID, "postroj-debian-latest-3f2a"::equals));
        assertEquals("postroj-debian-latest-3f2a", MachineNames.generated(debian, ID, "postroj-debian"::equals));
    }

    @Test
    void a_generated_name_has_at_most_64_characters() {
        String name = MachineNames.generated(
                ImageReference.parse("registry.example/x/" + LONG + ":" + LONG), ID, taken -> false);

        assertEquals(64, name.length());
        assertTrue(name.endsWith("-3f2a"), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "A1", "web_1", "web.example-1", "0x"})
    void names_as_docker_takes_them_are_taken(String name) {
        assertDoesNotThrow(() -> MachineNames.check(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "-a", ".a", "_a", "a b", "a/b", "../x", "ä1", "aä", "a\n", "a$b", "a:b"})
    void other_names_are_refused_and_quoted(String name) {
        HarnessException failure = assertThrows(HarnessException.class, () -> MachineNames.check(name));

        assertTrue(failure.getMessage().contains("\"" + name + "\""), failure.getMessage());
    }

    @Test
    void a_name_that_no_file_could_have_is_refused() {
        assertDoesNotThrow(() -> MachineNames.check("a".repeat(253)));
        assertThrows(HarnessException.class, () -> MachineNames.check("a".repeat(254)));
    }
}
