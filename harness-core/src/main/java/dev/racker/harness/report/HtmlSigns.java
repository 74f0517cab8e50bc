package dev.racker.harness.report;

import dev.racker.harness.probe.Verdict;
import java.io.IOException;
import java.util.Locale;

/** Verdicts on the page: a shape, a word and a colour, so that none of them is needed to tell them apart. */
final class HtmlSigns {

    private HtmlSigns() {}

    /** The drawings that {@link #sign} refers to; once on a page. */
    static void definitions(Markup html) throws IOException {
        html.open("svg", "width", "0", "height", "0", "aria-hidden", "true", "class", "definitions");
        symbol(html, "pass", "M8 .5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15z", "M4.5 8.2l2.4 2.5 4.7-5.2");
        symbol(
                html,
                "fail",
                "M5 .5h6L15.500 5v6L11 15.500H5L.5 11V5z",
                "M5.300 5.300l5.400 5.400M10.700 5.300l-5.400 5.400");
        symbol(html, "error", "M8 .8l7.700 13.900H.3z", "M8 5.600v4.200M8 11.800v.9");
        symbol(html, "skipped", "M1.500 1.500h13v13h-13z", "M4.800 8h6.400");
        html.close();
    }

    private static void symbol(Markup html, String name, String shape, String line) throws IOException {
        html.open("symbol", "id", "sign-" + name, "viewBox", "0 0 16 16");
        html.open("path", "d", shape, "fill", "currentColor");
        html.open("path", "d", line, "class", "line", "fill", "none");
        html.close();
    }

    /** The shape alone; the word has to stand beside it. */
    static void sign(Markup html, Verdict verdict) throws IOException {
        html.open("svg", "class", "sign", "width", "16", "height", "16", "aria-hidden", "true");
        html.open("use", "href", "#sign-" + style(verdict));
        html.close();
    }

    /** The shape and the word. */
    static void badge(Markup html, Verdict verdict) throws IOException {
        html.open("span", "class", "badge " + style(verdict));
        sign(html, verdict);
        html.element("span", verdict.name()).close();
    }

    /** The class of what has this verdict. */
    static String style(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
