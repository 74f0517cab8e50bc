package dev.racker.cli.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Go's {@code printf}: {@code %s %v %q %d %t %x %X %o %b %c %f %e %g %T %%} with flags, width and precision. */
final class Printf {

    private static final String FLAGS = "+-# 0";

    private final String format;
    private final List<JsonNode> arguments;
    private final StringBuilder out = new StringBuilder();
    private int position;
    private int next;
    private String flags;
    private int width;
    private int precision;

    private Printf(String format, List<JsonNode> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /** What is wrong shows in the text, as in Go: {@code %!d(string=hi)}. */
    static String format(String format, List<JsonNode> arguments) {
        Printf printf = new Printf(format, arguments);
        printf.run();
        return printf.out.toString();
    }

    private void run() {
        while (position < format.length()) {
            char c = format.charAt(position++);
            if (c == '%') {
                verb();
            } else {
                out.append(c);
            }
        }
        if (next < arguments.size()) {
            List<String> extra = arguments.subList(next, arguments.size()).stream()
                    .map(value -> Values.type(value) + "=" + Values.text(value))
                    .toList();
            out.append("%!(EXTRA ").append(String.join(", ", extra)).append(')');
        }
    }

    private void verb() {
        readFlags();
        width = readNumber(0);
        precision = -1;
        if (position < format.length() && format.charAt(position) == '.') {
            position++;
            precision = readNumber(0);
        }
        if (position == format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        char verb = format.charAt(position++);
        if (verb == '%') {
            out.append('%');
        } else if (next == arguments.size()) {
            out.append("%!").append(verb).append("(MISSING)");
        } else {
            JsonNode value = arguments.get(next++);
            String text = text(verb, value);
            out.append(
                    text == null
                            ? "%!" + verb + "(" + Values.type(value) + "=" + Values.text(value) + ")"
                            : padded(text, value.isNumber()));
        }
    }

    private void readFlags() {
        int start = position;
        while (position < format.length() && FLAGS.indexOf(format.charAt(position)) >= 0) {
            position++;
        }
        flags = format.substring(start, position);
    }

    private int readNumber(int otherwise) {
        int start = position;
        while (position < format.length() && Character.isDigit(format.charAt(position)) && position - start < 6) {
            position++;
        }
        return position == start ? otherwise : Integer.parseInt(format.substring(start, position));
    }

    /** The value in the way of the verb, or null when it has no such way. */
    private String text(char verb, JsonNode value) {
        return switch (verb) {
            case 'v' -> cut(value);
            case 's' -> value.isNumber() || value.isBoolean() ? null : cut(value);
            case 'q' -> value.isString() ? value.toString() : null;
            case 'T' -> Values.type(value);
            case 't' -> value.isBoolean() ? Values.text(value) : null;
            case 'x', 'X' -> value.isString() ? hex(verb, value) : integer(verb, value);
            case 'd', 'o', 'b', 'c' -> integer(verb, value);
            case 'f', 'F', 'e', 'g' -> value.isFloatingPointNumber() ? decimal(verb, value.doubleValue()) : null;
            default -> null;
        };
    }

    private String cut(JsonNode value) {
        String text = Values.text(value);
        return precision >= 0 && value.isString() && precision < text.length() ? text.substring(0, precision) : text;
    }

    private static String hex(char verb, JsonNode value) {
        StringBuilder text = new StringBuilder();
        for (byte b : value.stringValue().getBytes(StandardCharsets.UTF_8)) {
            text.append(String.format(verb == 'x' ? "%02x" : "%02X", b));
        }
        return text.toString();
    }

    private String integer(char verb, JsonNode value) {
        if (!value.isIntegralNumber()) {
            return null;
        }
        long number = value.longValue();
        return switch (verb) {
            case 'c' -> Character.isValidCodePoint((int) number) ? Character.toString((int) number) : "\ufffd";
            case 'o' -> signed(number, Long.toString(number, 8));
            case 'b' -> signed(number, Long.toString(number, 2));
            case 'x' -> signed(number, Long.toString(number, 16));
            case 'X' -> signed(number, Long.toString(number, 16).toUpperCase(Locale.ROOT));
            default -> signed(number, Long.toString(number));
        };
    }

    private String decimal(char verb, double number) {
        if (verb == 'g' && precision < 0) {
            return signed(number, Values.text(Values.of(number)));
        }
        int digits = precision < 0 ? 6 : precision;
        String conversion = "%." + digits + (verb == 'F' ? 'f' : verb);
        return signed(number, String.format(Locale.ROOT, conversion, number));
    }

    private String signed(double number, String text) {
        if (number < 0) {
            return text;
        }
        return flags.indexOf('+') >= 0 ? "+" + text : flags.indexOf(' ') >= 0 ? " " + text : text;
    }

    private String padded(String text, boolean isNumber) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        if (flags.indexOf('-') >= 0) {
            return text + " ".repeat(missing);
        }
        if (flags.indexOf('0') >= 0 && isNumber) {
            int sign = !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
            return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
        }
        return " ".repeat(missing) + text;
    }
}
