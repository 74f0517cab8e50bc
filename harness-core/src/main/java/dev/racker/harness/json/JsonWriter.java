package dev.racker.harness.json;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes one JSON document from front to end, without the mapper. */
public final class JsonWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    private final JsonGenerator generator = Streaming.factory().createGenerator(ObjectWriteContext.empty(), bytes);

    /** Starts the document, an object. */
    public JsonWriter() {
        generator.writeStartObject();
    }

    /** Writes a text; a null is left out. */
    public JsonWriter string(String name, String value) {
        if (value != null) {
            generator.writeStringProperty(name, value);
        }
        return this;
    }

    /** Writes an integer. */
    public JsonWriter number(String name, long value) {
        generator.writeNumberProperty(name, value);
        return this;
    }

    /** Writes true or false. */
    public JsonWriter bool(String name, boolean value) {
        generator.writeBooleanProperty(name, value);
        return this;
    }

    /** Writes an array of texts. */
    public JsonWriter strings(String name, List<String> values) {
        generator.writeName(name).writeStartArray();
        for (String value : values) {
            generator.writeString(value);
        }
        generator.writeEndArray();
        return this;
    }

    /** Writes an object of texts. */
    public JsonWriter stringMap(String name, Map<String, String> values) {
        object(name);
        for (Map.Entry<String, String> entry : values.entrySet()) {
            generator.writeStringProperty(entry.getKey(), entry.getValue());
        }
        return endObject();
    }

    /** Writes an object whose properties have these names and hold nothing, as OCI writes sets. */
    public JsonWriter names(String name, List<String> names) {
        object(name);
        for (String each : names) {
            generator.writeName(each).writeStartObject().writeEndObject();
        }
        return endObject();
    }

    /** Starts an object inside this one; what follows is in it until {@link #endObject()}. */
    public JsonWriter object(String name) {
        generator.writeName(name).writeStartObject();
        return this;
    }

    /** Ends the innermost object. */
    public JsonWriter endObject() {
        generator.writeEndObject();
        return this;
    }

    /** Starts an array of objects inside this one; what follows is in it until {@link #endArray()}. */
    public JsonWriter array(String name) {
        generator.writeName(name).writeStartArray();
        return this;
    }

    /** Starts the next object of the innermost array; what follows is in it until {@link #endObject()}. */
    public JsonWriter element() {
        generator.writeStartObject();
        return this;
    }

    /** Writes the value that a reader comes to next, whatever it holds, under this name. */
    public JsonWriter copy(String name, JsonReader in) {
        in.next();
        generator.writeName(name);
        in.copyTo(generator);
        return this;
    }

    /** Writes the object that {@link JsonReader#element()} has entered a moment ago into the innermost array. */
    public JsonWriter copyElement(JsonReader in) {
        in.copyTo(generator);
        return this;
    }

    /** Ends the innermost array. */
    public JsonWriter endArray() {
        generator.writeEndArray();
        return this;
    }

    /** Ends the document and gives it in UTF-8, with a line end. */
    public byte[] toBytes() {
        generator.writeEndObject();
        generator.close();
        bytes.write('\n');
        return bytes.toByteArray();
    }
}
