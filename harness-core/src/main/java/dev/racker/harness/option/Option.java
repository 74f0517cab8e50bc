package dev.racker.harness.option;

import java.util.ArrayList;
import java.util.List;

/** An option of a command, or a word that has no name: how it is written, what it means, and what was given. */
public abstract sealed class Option permits Flag, Value, Values {

    private final List<String> names;
    private final String label;
    private final String description;
    private boolean hidden;

    /**
     * Takes how it is written.
     *
     * @param names the names, as in {@code "-m, --memory"}; empty for a word without a name
     * @param label stands for its value; empty when it has none
     */
    Option(String names, String label, String description) {
        this.names = split(names);
        this.label = label;
        this.description = description;
    }

    private static List<String> split(String names) {
        List<String> all = new ArrayList<>(2);
        int begin = 0;
        for (int comma = names.indexOf(", "); comma >= 0; comma = names.indexOf(", ", begin)) {
            all.add(names.substring(begin, comma));
            begin = comma + 2;
        }
        if (begin < names.length()) {
            all.add(names.substring(begin));
        }
        return all;
    }

    /** Its names, dashes included; empty for a word without a name. */
    public final List<String> names() {
        return names;
    }

    /** What stands for its value in help; empty when it has none. */
    public final String label() {
        return label;
    }

    /** One sentence for people. */
    public final String description() {
        return description;
    }

    /** Says whether it is left out of help, completion and manual pages: only programs give it. */
    public final boolean isHidden() {
        return hidden;
    }

    final void hide() {
        hidden = true;
    }

    /** The type of one value: String, Path, Integer, Long or Boolean. */
    public abstract Class<?> type();

    /** How it is written: {@code "0"} without a value, otherwise as picocli writes the least and the greatest number of values. */
    public abstract String arity();

    /** What its name alone stands for, when its value may be left out; otherwise null. */
    public String alone() {
        return null;
    }

    /** What was given: a value, or a list when it may be repeated; null for nothing. */
    public abstract Object given();

    /** Sets what was given, of the type that {@link #given} has. */
    public abstract void give(Object value);

    /** Takes one text as it was typed, or says no: then nobody knows what was meant but a parser that explains. */
    abstract boolean take(String text);
}
