package dev.racker.harness.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The one configured mapper; not for what runs at each start. */
public final class Json {

    /** Immutable, safe for all threads, and costly to make: so it is made once. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    /** The mapper: unknown properties are passed over, anything after the document is an error. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * Reads a document as a tree.
     *
     * @throws MalformedJsonException when it is no JSON
     */
    public static JsonNode tree(byte[] json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree == null || tree.isMissingNode()) {
                throw new MalformedJsonException("there is nothing in it", null);
            }
            return tree;
        } catch (JacksonException e) {
            throw JsonReader.malformed(e);
        }
    }

    /** Writes a tree or a value for people to read, with a line end at its end. */
    public static byte[] pretty(Object value) {
        byte[] text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        byte[] line = java.util.Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        return line;
    }
}
