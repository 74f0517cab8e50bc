package dev.racker.harness.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;

/**
 * Reads one JSON document from front to end.
 *
 * <pre>
 * in.object();
 * for (String name = in.property(); name != null; name = in.property()) {
 *     switch (name) { case "id" -> id = in.string(); default -> in.skip(); }
 * }
 * in.end();
 * </pre>
 *
 * <p>Each method throws {@link MalformedJsonException} when the document holds something else.
 */
public final class JsonReader implements AutoCloseable {

    private final JsonParser parser;
    private String property = "the document";

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads a document in UTF-8. */
    public static JsonReader of(byte[] json) {
        try {
            return new JsonReader(Streaming.factory().createParser(ObjectReadContext.empty(), json));
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** Enters an object; false, and nothing is entered, when there is a null instead. */
    public boolean object() {
        return starts(JsonToken.START_OBJECT, "an object");
    }

    /** Enters an array; false, and nothing is entered, when there is a null instead. */
    public boolean array() {
        return starts(JsonToken.START_ARRAY, "an array");
    }

    /** Enters the next object of the array; false, and the array is left, when there is none. */
    public boolean element() {
        JsonToken token = next();
        if (token != JsonToken.START_OBJECT && token != JsonToken.END_ARRAY) {
            throw expected("an array of objects");
        }
        return token == JsonToken.START_OBJECT;
    }

    /** Goes to the next property of the object and gives its name; null, and the object is left, when there is none. */
    public String property() {
        try {
            String name = parser.nextName();
            if (name != null) {
                property = name;
                return name;
            }
            if (parser.currentToken() == JsonToken.END_OBJECT) {
                return null;
            }
        } catch (JacksonException e) {
            throw malformed(e);
        }
        throw expected("a property");
    }

    /** Reads a text; a null is null. */
    public String string() {
        return next() == JsonToken.VALUE_NULL ? null : text();
    }

    /** Reads an integer. */
    public long number() {
        if (next() != JsonToken.VALUE_NUMBER_INT) {
            throw expected("an integer");
        }
        try {
            return parser.getLongValue();
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** Reads true or false. */
    public boolean bool() {
        JsonToken token = next();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw expected("true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** Reads an array of texts; a null is an empty one. */
    public List<String> strings() {
        List<String> values = new ArrayList<>();
        if (array()) {
            while (next() != JsonToken.END_ARRAY) {
                values.add(text());
            }
        }
        return values;
    }

    /** Reads an object of texts; a null is an empty one, and a null inside is an empty text. */
    public Map<String, String> stringMap() {
        Map<String, String> values = new LinkedHashMap<>();
        if (object()) {
            for (String name = property(); name != null; name = property()) {
                String value = string();
                values.put(name, value == null ? "" : value);
            }
        }
        return values;
    }

    /** Reads the names of an object's properties and passes over their values; a null has none. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        if (object()) {
            for (String name = property(); name != null; name = property()) {
                names.add(name);
                skip();
            }
        }
        return names;
    }

    /** Passes over a value, whatever it holds. */
    public void skip() {
        next();
        skipRest();
    }

    private void skipRest() {
        try {
            parser.skipChildren();
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** Leaves the object that {@link #element()} has entered a moment ago. */
    public void leave() {
        skipRest();
    }

    /** Writes what was entered or read last, with all that it holds, and leaves it. */
    void copyTo(JsonGenerator out) {
        try {
            out.copyCurrentStructureExact(parser);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** Checks that nothing follows. */
    public void end() {
        try {
            if (parser.nextToken() == null) {
                return;
            }
        } catch (JacksonException e) {
            throw malformed(e);
        }
        property = "the document";
        throw expected("nothing more");
    }

    @Override
    public void close() {
        parser.close();
    }

    private boolean starts(JsonToken start, String what) {
        JsonToken token = next();
        if (token != start && token != JsonToken.VALUE_NULL) {
            throw expected(what);
        }
        return token == start;
    }

    private String text() {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw expected("a text");
        }
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    JsonToken next() {
        try {
            JsonToken token = parser.nextToken();
            if (token != null) {
                return token;
            }
        } catch (JacksonException e) {
            throw malformed(e);
        }
        throw new MalformedJsonException("it ends too early", null);
    }

    private MalformedJsonException expected(String what) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new MalformedJsonException(
                "'" + property + "' is not " + what + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")",
                null);
    }

    static MalformedJsonException malformed(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return new MalformedJsonException("it is broken" + where + ": " + firstLine(e.getOriginalMessage()), e);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
