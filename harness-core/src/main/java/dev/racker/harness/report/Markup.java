package dev.racker.harness.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Writes HTML that is well-formed XML, too: everything is closed, quoted and escaped, and texts are made plain. */
final class Markup {

    private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "path", "use");
    private static final Set<String> BLOCKS = Set.of(
            "html", "head", "body", "header", "main", "footer", "section", "article", "table", "thead", "tbody", "tr",
            "details", "div", "ul", "ol", "li", "dl", "svg", "h2", "form", "link", "meta", "style", "script", "symbol");

    private final Writer out;
    private final Deque<String> open = new ArrayDeque<>();

    Markup(Writer out) {
        this.out = out;
    }

    /** Opens an element with attributes: name, value, name, value; those whose value is null are left out. */
    Markup open(String element, String... attributes) throws IOException {
        if (BLOCKS.contains(element)) {
            out.write('\n');
        }
        out.write('<');
        out.write(element);
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                out.write(' ');
                out.write(attributes[i]);
                out.write("=\"");
                escape(PlainText.of(attributes[i + 1]));
                out.write('"');
            }
        }
        if (VOID.contains(element)) {
            out.write("/>");
        } else {
            out.write('>');
            open.push(element);
        }
        return this;
    }

    /** Writes a text, without control characters and escape sequences. */
    Markup text(String text) throws IOException {
        escape(PlainText.of(text));
        return this;
    }

    /** Closes the innermost element that is open. */
    Markup close() throws IOException {
        out.write("</");
        out.write(open.pop());
        out.write('>');
        return this;
    }

    /** Writes an element that holds a text only. */
    Markup element(String element, String text, String... attributes) throws IOException {
        return open(element, attributes).text(text).close();
    }

    /** Writes our own style, script or drawing as it is; it needs no escaping, which a test watches over. */
    Markup raw(String text) throws IOException {
        out.write(text);
        return this;
    }

    private void escape(String text) throws IOException {
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            String reference = switch (text.charAt(i)) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '"' -> "&quot;";
                default -> null;
            };
            if (reference != null) {
                out.write(text, start, i - start);
                out.write(reference);
                start = i + 1;
            }
        }
        out.write(text, start, text.length() - start);
    }
}
