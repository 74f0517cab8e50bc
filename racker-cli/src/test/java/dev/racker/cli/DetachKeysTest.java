package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetachKeysTest {

    private static String pass(DetachKeys keys, String typed) {
        byte[] bytes = typed.getBytes(StandardCharsets.ISO_8859_1);
        return new String(keys.pass(bytes, bytes.length), StandardCharsets.ISO_8859_1);
    }

    @Test
    void the_keys_are_recognised_when_they_come_one_by_one() {
        DetachKeys keys = DetachKeys.parse(DetachKeys.STANDARD);

        assertEquals("ls", pass(keys, "ls\u0010"));
        assertFalse(keys.arePressed());
        assertEquals("", pass(keys, "\u0011more"));
        assertTrue(keys.arePressed());
    }

    @Test
    void what_only_begins_like_the_keys_is_passed_on() {
        DetachKeys keys = DetachKeys.parse(DetachKeys.STANDARD);

        assertEquals("", pass(keys, "\u0010"));
        assertEquals("\u0010x", pass(keys, "x"));
        assertEquals("\u0010", pass(keys, "\u0010\u0010"));
        assertFalse(keys.arePressed());
        assertEquals("", pass(keys, "\u0011"));
        assertTrue(keys.arePressed());
    }

    @Test
    void no_keys_never_detach() {
        DetachKeys keys = DetachKeys.parse("");

        assertEquals("\u0010\u0011", pass(keys, "\u0010\u0011"));
        assertFalse(keys.arePressed());
    }

    @Test
    void letters_and_other_controls_are_keys_too() {
        DetachKeys keys = DetachKeys.parse("ctrl-@,a,ctrl-_");

        assertEquals("", pass(keys, "\u0000a\u001f"));
        assertTrue(keys.arePressed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctrl-", "ctrl-1", "ctrl-ab", "ab", ",", "ctrl-p,"})
    void what_is_no_key_is_quoted(String text) {
        HarnessException failure = assertThrows(HarnessException.class, () -> DetachKeys.parse(text));

        assertTrue(failure.getMessage().contains("\"" + text + "\""), failure.getMessage());
    }
}
