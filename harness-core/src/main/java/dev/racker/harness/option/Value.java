package dev.racker.harness.option;

import java.nio.file.Path;

/**
 * An option with one value, or a word.
 *
 * @param <T> the type of the value: String, Path, Integer, Long or Boolean
 */
public final class Value<T> extends Option {

    private final Class<T> type;
    private final String alone;
    private boolean mayBeMissing;
    private T given;

    Value(Class<T> type, String names, String label, String description, String alone) {
        super(names, label, description);
        this.type = type;
        this.alone = alone;
    }

    /** The word may be left out. */
    void mayBeMissing() {
        mayBeMissing = true;
    }

    /** What was given; null for nothing. */
    @Override
    public T given() {
        return given;
    }

    /** What was given, or this. */
    public T or(T otherwise) {
        return given == null ? otherwise : given;
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public String arity() {
        return alone == null && !mayBeMissing ? "1" : "0..1";
    }

    @Override
    public String alone() {
        return alone;
    }

    @Override
    public void give(Object value) {
        given = type.cast(value);
    }

    @Override
    boolean take(String text) {
        if (given != null) {
            return false;
        }
        given = read(type, text);
        return given != null;
    }

    /** Reads a text; null when it is not understood. */
    static <T> T read(Class<T> type, String text) {
        try {
            if (type == String.class) {
                return type.cast(text);
            }
            if (type == Path.class) {
                return type.cast(Path.of(text));
            }
            if (type == Integer.class) {
                return type.cast(Integer.valueOf(text));
            }
            if (type == Boolean.class && (text.equals("true") || text.equals("false"))) {
                return type.cast(Boolean.valueOf(text));
            }
            return type == Long.class ? type.cast(Long.valueOf(text)) : null;
        } catch (IllegalArgumentException e) {
            return null; // whoever explains says why
        }
    }
}
