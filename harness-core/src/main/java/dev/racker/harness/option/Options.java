package dev.racker.harness.option;

import java.util.ArrayList;
import java.util.List;

/**
 * Options that belong together. A subclass declares each one as a field, and that is the only place where it stands: help,
 * completion and manual pages are made from the same declaration.
 *
 * <pre>
 *     final Flag remove = flag("--rm", "Remove the container when it ends.");
 *     final Value&lt;String&gt; name = text("--name", "NAME", "Name the container.");
 * </pre>
 */
public abstract class Options {

    private final List<Option> all = new ArrayList<>();

    /** Declares nothing yet. */
    protected Options() {}

    /** All that are declared here, in this order; those without a name are words, which have an order. */
    public final List<Option> all() {
        return all;
    }

    /** Says whether any of them was given. */
    public final boolean areGiven() {
        for (Option option : all) {
            if (option.given() != null) {
                return true;
            }
        }
        return false;
    }

    /** Declares an option without a value. */
    protected final Flag flag(String names, String description) {
        return declare(new Flag(names, description));
    }

    /** Declares an option with one value that is a text. */
    protected final Value<String> text(String names, String label, String description) {
        return value(String.class, names, label, description);
    }

    /** Declares an option with one value: String, Path, Integer, Long. */
    protected final <T> Value<T> value(Class<T> type, String names, String label, String description) {
        return declare(new Value<>(type, names, label, description, null));
    }

    /** Declares an option whose value may be left out, and then is this one. */
    protected final <T> Value<T> optional(Class<T> type, String names, String label, String alone, String description) {
        return declare(new Value<>(type, names, label, description, alone));
    }

    /** Declares an option with a text that may be repeated. */
    protected final Values<String> texts(String names, String label, String description) {
        return values(String.class, names, label, description);
    }

    /** Declares an option that may be repeated: String, Path. */
    protected final <T> Values<T> values(Class<T> type, String names, String label, String description) {
        return declare(new Values<>(type, names, label, description, "1", null));
    }

    /** Declares an option that may be repeated, whose value may be left out, and then is this one. */
    protected final Values<String> optionals(String names, String label, String alone, String description) {
        return declare(new Values<>(String.class, names, label, description, "0..1", alone));
    }

    /** Declares a word that must be there, behind those that were declared before. */
    protected final Value<String> word(String label, String description) {
        return declare(new Value<>(String.class, "", label, description, null));
    }

    /** Declares a word that may be left out, behind those that were declared before; the last one to be declared. */
    protected final Value<String> optionalWord(String label, String description) {
        Value<String> word = word(label, description);
        word.mayBeMissing();
        return word;
    }

    /** Declares all words that are left, of which there are at least so many; options may stand between them. */
    protected final Values<String> words(String label, int least, String description) {
        return declare(new Values<>(String.class, "", label, description, least + "..*", null));
    }

    /**
     * Declares all words that are left, of which there are at least so many, as another program's command line: options
     * among them are that program's.
     */
    protected final Values<String> payload(String label, int least, String description) {
        Values<String> words = words(label, least, description);
        words.takeAll();
        return words;
    }

    /** Leaves an option out of help, completion and manual pages. */
    protected final <O extends Option> O hidden(O option) {
        option.hide();
        return option;
    }

    /** Makes options of another group options of this one, too. */
    protected final <O extends Options> O include(O options) {
        all.addAll(options.all());
        return options;
    }

    private <O extends Option> O declare(O option) {
        all.add(option);
        return option;
    }
}
