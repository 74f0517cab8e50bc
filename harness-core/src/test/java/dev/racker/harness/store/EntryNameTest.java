package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "./", "/", "//", "a/..", "./a/../."})
    void the_root_of_the_tree_has_no_components(String name) {
        assertEquals(List.of(), EntryName.components(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"usr/bin", "/usr/bin", "./usr//bin/", "usr/./bin", "usr/lib/../bin", "//usr/bin/."})
    void names_of_the_same_place_have_the_same_components(String name) {
        assertEquals(List.of("usr", "bin"), EntryName.components(name));
    }

    @Test
    void names_that_look_like_dots_or_options_are_names() {
        assertEquals(List.of("...", "..a", "-rf", " "), EntryName.components(".../..a/-rf/ "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../etc/passwd", "/../x", "a/../../x", "./.."})
    void a_name_that_leaves_the_tree_is_refused_and_quoted(String name) {
        UnpackException failure = assertThrows(UnpackException.class, () -> EntryName.components(name));
        assertTrue(failure.getMessage().contains("'" + name + "'"), failure.getMessage());
    }

    @Test
    void a_nul_is_refused() {
        assertThrows(UnpackException.class, () -> EntryName.components("etc/passwd\0.txt"));
    }

    @Test
    void a_message_shows_any_name_on_one_line() {
        assertEquals("'new\\nline\\x1b[2J'", RawText.display("new\nline\u001b[2J"));
        assertEquals("'bad\\xff'", RawText.display("bad\u00ff"));
        assertEquals("'Käse'", RawText.display(RawText.encode("Käse")));
    }
}
