package dev.racker.harness.option;

import java.util.ArrayList;
import java.util.List;

/**
 * An option that may be repeated, or all words that are left.
 *
 * @param <T> the type of one value: String or Path
 */
public final class Values<T> extends Option {

    private final Class<T> type;
    private final String arity;
    private final String alone;
    private boolean all;
    private List<T> given;

    Values(Class<T> type, String names, String label, String description, String arity, String alone) {
        super(names, label, description);
        this.type = type;
        this.arity = arity;
        this.alone = alone;
    }

    /** Takes words that look like options, too. */
    void takeAll() {
        all = true;
    }

    /** Says whether this takes a word; what looks like an option may be one. */
    boolean takes(String word) {
        return all || !word.startsWith("-");
    }

    /** What was given, in order; null for nothing. */
    @Override
    public List<T> given() {
        return given;
    }

    /** What was given, in order; empty for nothing. */
    public List<T> list() {
        return given == null ? List.of() : given;
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public String arity() {
        return arity;
    }

    @Override
    public String alone() {
        return alone;
    }

    @Override
    @SuppressWarnings("unchecked") // whoever gives a list adds values of the type to it, also later
    public void give(Object values) {
        given = (List<T>) values;
    }

    @Override
    boolean take(String text) {
        T value = Value.read(type, text);
        if (value == null) {
            return false;
        }
        if (given == null) {
            given = new ArrayList<>();
        }
        return given.add(value);
    }
}
