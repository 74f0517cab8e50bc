package dev.racker.cli.format;

import tools.jackson.databind.JsonNode;

/**
 * A piece of a template.
 *
 * @param text as written; of a field its name without the dot
 * @param literal the value of a literal, otherwise null
 * @param spaced whether space stands before it
 */
record Token(Kind kind, String text, JsonNode literal, boolean spaced) {

    /** What pieces there are. */
    enum Kind {
        /** Text outside of actions. */
        TEXT,
        /** The start of an action. */
        OPEN,
        /** The end of an action. */
        CLOSE,
        /** The name of a function, or a keyword. */
        WORD,
        /** {@code .Name}. */
        FIELD,
        /** {@code $name}, or {@code $} alone. */
        VARIABLE,
        /** A string, a number, true, false or nil. */
        LITERAL,
        /** {@code .} alone, and everything else: brackets, {@code |}, {@code ,}, {@code :=}, {@code =}. */
        SIGN,
        /** The end of the template. */
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** How messages name it. */
    String shown() {
        return switch (kind) {
            case CLOSE -> "the end of the action";
            case END, TEXT, OPEN -> "the end of the template";
            case FIELD -> "\"." + text + "\"";
            default -> text.startsWith("\"") ? text : "\"" + text + "\"";
        };
    }
}
