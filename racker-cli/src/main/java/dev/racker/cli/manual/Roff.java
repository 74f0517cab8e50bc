package dev.racker.cli.manual;

import java.util.List;

/** A manual page in the man(7) macros, written line by line. */
final class Roff {
    private final StringBuilder page = new StringBuilder();

    /** One macro with its arguments, each quoted. */
    Roff macro(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(" \"").append(escape(argument).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
        return this;
    }

    /** Lines of text; an empty one starts a new paragraph, an indented one stays as it is. */
    Roff text(List<String> lines) {
        for (String line : lines) {
            if (line.isBlank()) {
                macro("PP");
            } else if (Character.isWhitespace(line.charAt(0))) {
                page.append(".br\n").append(guard(escape(line.strip()))).append("\n.br\n");
            } else {
                page.append(guard(escape(line))).append('\n');
            }
        }
        return this;
    }

    Roff text(String line) {
        return text(List.of(line));
    }

    /** One line that holds font changes; its words were escaped by the caller. */
    Roff raw(String line) {
        page.append(guard(line)).append('\n');
        return this;
    }

    static String bold(String text) {
        return "\\fB" + escape(text) + "\\fR";
    }

    static String italic(String text) {
        return "\\fI" + escape(text) + "\\fR";
    }

    static String escape(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }

    /** A line that starts like a macro is text all the same. */
    private static String guard(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
