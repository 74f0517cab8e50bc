package dev.racker.harness.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReaderTest {

    @Test
    void what_is_written_is_read_back() {
        byte[] json = new JsonWriter()
                .string("text", "\u00fc\n\"")
                .string("nothing", null)
                .number("number", Long.MIN_VALUE)
                .bool("flag", true)
                .strings("list", List.of("a", ""))
                .stringMap("map", Map.of("k", "v"))
                .names("set", List.of("x", "y"))
                .object("inner")
                .string("a", "b")
                .endObject()
                .toBytes();

        try (JsonReader in = JsonReader.of(json)) {
            assertTrue(in.object());
            assertEquals("text", in.property());
            assertEquals("\u00fc\n\"", in.string());
            assertEquals("number", in.property());
            assertEquals(Long.MIN_VALUE, in.number());
            assertEquals("flag", in.property());
            assertTrue(in.bool());
            assertEquals("list", in.property());
            assertEquals(List.of("a", ""), in.strings());
            assertEquals("map", in.property());
            assertEquals(Map.of("k", "v"), in.stringMap());
            assertEquals("set", in.property());
            assertEquals(List.of("x", "y"), in.names());
            assertEquals("inner", in.property());
            in.skip();
            assertNull(in.property());
            in.end();
        }
        assertEquals('\n', json[json.length - 1]);
    }

    @Test
    void null_is_nothing_of_its_kind() {
        try (JsonReader in = reader("{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":null}")) {
            in.object();
            in.property();
            assertNull(in.string());
            in.property();
            assertEquals(List.of(), in.strings());
            in.property();
            assertEquals(Map.of(), in.stringMap());
            in.property();
            assertFalse(in.object());
            in.property();
            assertFalse(in.array());
            assertNull(in.property());
        }
    }

    @Test
    void what_is_not_expected_is_told_with_its_name_and_place() {
        try (JsonReader in = reader("{\n \"a\": 5}")) {
            in.object();
            in.property();
            MalformedJsonException failure = assertThrows(MalformedJsonException.class, in::string);
            assertEquals("'a' is not a text (line 2, column 7)", failure.problem());
        }
    }

    @Test
    void a_number_that_is_no_long_and_what_follows_the_end_are_told() {
        try (JsonReader in = reader("{\"a\":99999999999999999999} x")) {
            in.object();
            in.property();
            assertThrows(MalformedJsonException.class, in::number);
            assertNull(in.property());
            assertThrows(MalformedJsonException.class, in::end);
        }
    }

    @Test
    void a_tree_must_be_one_whole_document() {
        assertEquals(1, Json.tree(bytes("{\"a\":1}")).path("a").asInt());
        for (String text : List.of("", "{", "{} {}", "nonsense")) {
            assertThrows(MalformedJsonException.class, () -> Json.tree(bytes(text)));
        }
    }

    private static JsonReader reader(String json) {
        return JsonReader.of(bytes(json));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
