package dev.racker.cli.format;

import dev.racker.cli.format.Token.Kind;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;

/** Reads a string or a number in Go's notation. */
final class Literals {

    private final String source;
    private final int start;
    private int position;

    Literals(String source, int start) {
        this.source = source;
        this.start = start;
        this.position = start;
    }

    /** Where the literal ends. */
    int end() {
        return position;
    }

    Token read(boolean spaced) {
        char c = source.charAt(start);
        JsonNode value = switch (c) {
            case '`' -> Values.of(raw());
            case '"' -> Values.of(quoted('"'));
            case '\'' -> character();
            default -> number();
        };
        return new Token(Kind.LITERAL, source.substring(start, position), value, spaced);
    }

    private String raw() {
        int end = source.indexOf('`', start + 1);
        if (end < 0) {
            throw unclosed();
        }
        position = end + 1;
        return source.substring(start + 1, end);
    }

    private JsonNode character() {
        String text = quoted('\'');
        if (text.codePointCount(0, text.length()) != 1) {
            throw problem(source.substring(start, position) + " is not one character", "Write texts in \"...\".");
        }
        return Values.of((long) text.codePointAt(0));
    }

    private String quoted(char quote) {
        StringBuilder text = new StringBuilder();
        position++;
        while (position < source.length() && source.charAt(position) != '\n') {
            char c = source.charAt(position++);
            if (c == quote) {
                return text.toString();
            }
            if (c == '\\' && position < source.length()) {
                escape(text);
            } else {
                text.append(c);
            }
        }
        throw unclosed();
    }

    private void escape(StringBuilder text) {
        char c = source.charAt(position++);
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'v' -> text.append('\u000b');
            case '\\', '"', '\'' -> text.append(c);
            case 'x' -> text.appendCodePoint(hex(2));
            case 'u' -> text.appendCodePoint(hex(4));
            case 'U' -> text.appendCodePoint(hex(8));
            default -> throw problem("a text holds the unknown escape \\" + c, "Write a backslash as \\\\.");
        }
    }

    private int hex(int digits) {
        int end = Math.min(position + digits, source.length());
        String text = source.substring(position, end);
        try {
            int value = Integer.parseInt(text, 16);
            if (text.length() == digits && Character.isValidCodePoint(value)) {
                position = end;
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, as every other text that names no character
        }
        throw problem("\"" + text + "\" in an escape names no character", null);
    }

    private JsonNode number() {
        position++;
        while (position < source.length() && isInNumber(source.charAt(position))) {
            position++;
        }
        String text = source.substring(start, position);
        String digits = text.replace("_", "");
        try {
            String unsigned = digits.startsWith("+") || digits.startsWith("-") ? digits.substring(1) : digits;
            if (unsigned.length() > 1 && unsigned.charAt(0) == '0' && Character.isLetter(unsigned.charAt(1))) {
                return Values.of(withBase(unsigned, digits.charAt(0) == '-'));
            }
            return unsigned.indexOf('.') < 0 && unsigned.indexOf('e') < 0 && unsigned.indexOf('E') < 0
                    ? Values.of(Long.parseLong(digits))
                    : Values.of(Double.parseDouble(digits));
        } catch (NumberFormatException | ArithmeticException e) {
            throw problem("\"" + text + "\" is no number", null);
        }
    }

    private static long withBase(String text, boolean negative) {
        int base = switch (text.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> throw new NumberFormatException(text);
        };
        BigInteger value = new BigInteger(text.substring(2), base);
        return (negative ? value.negate() : value).longValueExact();
    }

    private boolean isInNumber(char c) {
        boolean isExponentSign = (c == '-' || c == '+') && "eE".indexOf(source.charAt(position - 1)) >= 0;
        return Character.isLetterOrDigit(c) || c == '.' || c == '_' || isExponentSign;
    }

    private TemplateException unclosed() {
        return problem("a text in it is not closed", "Write " + source.charAt(start) + " at its end.");
    }

    private TemplateException problem(String problem, String hint) {
        return TemplateException.unreadable(source, problem, hint);
    }
}
