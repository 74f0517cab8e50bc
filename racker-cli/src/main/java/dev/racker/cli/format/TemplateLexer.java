package dev.racker.cli.format;

import dev.racker.cli.format.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a template into text and the pieces of its actions. */
final class TemplateLexer {

    private static final String SIGNS = ".|(),=";

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private TemplateLexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String source) {
        TemplateLexer lexer = new TemplateLexer(source);
        lexer.read();
        return lexer.tokens;
    }

    private void read() {
        boolean trimNext = false;
        while (true) {
            int open = source.indexOf("{{", position);
            int end = open < 0 ? source.length() : open;
            boolean trimThis = open >= 0 && isTrimAfter(open + 2);
            text(source.substring(position, end), trimNext, trimThis);
            if (open < 0) {
                tokens.add(new Token(Kind.END, "", null, false));
                return;
            }
            position = open + (trimThis ? 3 : 2);
            trimNext = isComment() ? comment() : action();
        }
    }

    /** As docker does it: \t and \n in the text are a tab and a line end. */
    private void text(String raw, boolean trimStart, boolean trimEnd) {
        String text = raw.replace("\\t", "\t").replace("\\n", "\n");
        text = trimStart ? text.stripLeading() : text;
        text = trimEnd ? text.stripTrailing() : text;
        if (!text.isEmpty()) {
            tokens.add(new Token(Kind.TEXT, text, null, false));
        }
    }

    private boolean isTrimAfter(int start) {
        return start + 1 < source.length()
                && source.charAt(start) == '-'
                && Character.isWhitespace(source.charAt(start + 1));
    }

    private boolean isComment() {
        int start = position;
        while (start < source.length() && Character.isWhitespace(source.charAt(start))) {
            start++;
        }
        return source.startsWith("/*", start);
    }

    private boolean comment() {
        int end = source.indexOf("*/", position);
        if (end < 0) {
            throw problem("a comment is not closed", "End it with */}}.");
        }
        position = end + 2;
        boolean trim = skipSpace() && source.startsWith("-}}", position);
        position += trim ? 1 : 0;
        if (!source.startsWith("}}", position)) {
            throw problem("a comment does not end its action", "Write }} right after */.");
        }
        position += 2;
        return trim;
    }

    /** Reads to the end of the action, and says whether space after it is to be trimmed. */
    private boolean action() {
        tokens.add(new Token(Kind.OPEN, "{{", null, false));
        while (true) {
            boolean spaced = skipSpace();
            boolean trim = spaced && source.startsWith("-}}", position);
            if (trim || source.startsWith("}}", position)) {
                position += trim ? 3 : 2;
                tokens.add(new Token(Kind.CLOSE, "}}", null, false));
                return trim;
            }
            if (position == source.length()) {
                throw problem("an action is not closed", "Write }} at its end.");
            }
            tokens.add(token(spaced));
        }
    }

    private boolean skipSpace() {
        int start = position;
        while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
            position++;
        }
        return position > start;
    }

    private Token token(boolean spaced) {
        int start = position;
        char c = source.charAt(start);
        if (c == '.' && isNameAt(start + 1)) {
            String name = name(start + 1);
            checkEnd();
            return new Token(Kind.FIELD, name, null, spaced);
        }
        if (c == '$') {
            String name = "$" + name(start + 1);
            checkEnd();
            return new Token(Kind.VARIABLE, name, null, spaced);
        }
        if (isNameAt(start) && !Character.isDigit(c)) {
            String word = name(start);
            checkEnd();
            return new Token(literal(word) == null ? Kind.WORD : Kind.LITERAL, word, literal(word), spaced);
        }
        if (source.startsWith(":=", start)) {
            position += 2;
            return new Token(Kind.SIGN, ":=", null, spaced);
        }
        if (c == '"' || c == '`' || c == '\'' || Character.isDigit(c) || "+-".indexOf(c) >= 0 || isFraction(start)) {
            Literals literals = new Literals(source, start);
            Token literal = literals.read(spaced);
            position = literals.end();
            return literal;
        }
        if (SIGNS.indexOf(c) < 0) {
            throw problem(
                    "'" + c + "' in it cannot be read",
                    c == '-' || c == '/' ? "Write a name with such characters like this: index . \"NAME\"." : null);
        }
        position++;
        return new Token(Kind.SIGN, String.valueOf(c), null, spaced);
    }

    private boolean isFraction(int start) {
        return source.charAt(start) == '.'
                && start + 1 < source.length()
                && Character.isDigit(source.charAt(start + 1));
    }

    private static tools.jackson.databind.JsonNode literal(String word) {
        return switch (word) {
            case "true" -> Values.of(true);
            case "false" -> Values.of(false);
            case "nil" -> Values.nothing();
            default -> null;
        };
    }

    private boolean isNameAt(int start) {
        return start < source.length() && (source.charAt(start) == '_' || Character.isLetter(source.charAt(start)));
    }

    private String name(int start) {
        position = start;
        while (position < source.length()
                && (source.charAt(position) == '_' || Character.isLetterOrDigit(source.charAt(position)))) {
            position++;
        }
        return source.substring(start, position);
    }

    /** A name with a dash in it is no name, and would otherwise be read as two things. */
    private void checkEnd() {
        if (position < source.length()) {
            char next = source.charAt(position);
            if (!Character.isWhitespace(next) && ".,|():=}".indexOf(next) < 0) {
                throw problem(
                        "'" + next + "' cannot be part of a name",
                        "Write a name with such characters like this: index . \"NAME\".");
            }
        }
    }

    private TemplateException problem(String problem, String hint) {
        return TemplateException.unreadable(source, problem, hint);
    }
}
