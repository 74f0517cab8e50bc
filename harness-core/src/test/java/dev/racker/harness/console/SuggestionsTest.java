package dev.racker.harness.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "name, name, 0",
        "name, '', 4",
        "nmae, name, 1",
        "nam, name, 1",
        "namee, name, 1",
        "nome, name, 1",
        "imges, images, 1",
        "rmi, rm, 1",
        "ca, abc, 3"
    })
    void counts_letters_to_insert_remove_replace_or_swap(String a, String b, int distance) {
        assertEquals(distance, Suggestions.distance(a, b));
        assertEquals(distance, Suggestions.distance(b, a));
    }

    @Test
    void all_that_are_equally_near_are_named() {
        assertEquals(List.of("--rm", "rmi"), Suggestions.nearest("--rmm", List.of("--rm", "run", "rmi", "info")));
    }

    @Test
    void nothing_is_named_when_everything_is_far() {
        assertEquals(List.of(), Suggestions.nearest("--frobnicate", List.of("--rm", "--name", "--network")));
    }

    @Test
    void nothing_is_near_to_a_single_letter() {
        assertEquals(List.of(), Suggestions.nearest("-z", List.of("-i", "-t")));
    }
}
