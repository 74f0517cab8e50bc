package dev.racker.harness.report;

import dev.racker.harness.probe.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The result record as one HTML page that needs nothing else: no network, no other file, and no script for reading it.
 *
 * <p>The page is well-formed XML. Its content security policy lets run only our own script and style, so that a log
 * cannot, whatever it holds. Texts lose escape sequences and control characters; long ones lose their middle, as the
 * page says there: of cells that went wrong 200,000 characters of each text stay (fewer when there are more than 40 of
 * them), of the others 20,000. {@code report.json} has everything.
 */
public final class HtmlReport {

    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");

    /**
     * Writes the page; the writer is flushed, not closed. The page says that it is in UTF-8.
     *
     * @throws IOException when the writer fails
     */
    public void write(RunReport report, Writer out) throws IOException {
        out.write("<!DOCTYPE html>");
        Markup html = new Markup(out);
        HtmlAnchors anchors = new HtmlAnchors(report);
        html.open("html", "lang", "en");
        head(html, report);
        html.open("body").element("a", "Skip to the details", "class", "skip", "href", "#details");
        HtmlSigns.definitions(html);
        header(html, report);
        html.open("main");
        HtmlMatrix matrix = new HtmlMatrix(html, report, anchors);
        matrix.write();
        matrix.writeProblems();
        new HtmlDurations(html, report, anchors).write();
        cells(html, report, anchors);
        html.close();
        html.element(
                "footer",
                report.version().isEmpty() ? "" : "Written by postroj " + report.version() + ". Times of day are UTC.");
        html.open("script").raw(SCRIPT).close().close().close();
        out.write('\n');
        out.flush();
    }

    private static void head(Markup html, RunReport report) throws IOException {
        html.open("head").open("meta", "charset", "utf-8");
        html.open(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src '" + hash(STYLE)
                        + "'; script-src '" + hash(SCRIPT) + "'");
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.open("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", report.verdict().name() + ": " + report.title());
        html.open("link", "rel", "icon", "href", icon(report.verdict()));
        html.open("style").raw(STYLE).close().close();
    }

    /** A square in the colour of the verdict, for the tab of the browser: GIF of one pixel. */
    private static String icon(Verdict verdict) {
        int colour = switch (verdict) {
            case PASS -> 0x1a7f37;
            case FAIL -> 0xcf222e;
            case ERROR -> 0x9a6700;
            case SKIPPED -> 0x6e7781;
        };
        byte[] gif = {
            'G',
            'I',
            'F',
            '8',
            '9',
            'a',
            1,
            0,
            1,
            0,
            (byte) 0x80,
            0,
            0,
            (byte) (colour >> 16),
            (byte) (colour >> 8),
            (byte) colour,
            0,
            0,
            0,
            0x2c,
            0,
            0,
            0,
            0,
            1,
            0,
            1,
            0,
            0,
            2,
            2,
            0x44,
            1,
            0,
            0x3b
        };
        return "data:image/gif;base64," + Base64.getEncoder().encodeToString(gif);
    }

    private static void header(Markup html, RunReport report) throws IOException {
        html.open("header", "class", HtmlSigns.style(report.verdict()));
        html.open("div", "class", "headline");
        HtmlSigns.badge(html, report.verdict());
        html.element("h1", report.title()).close();
        if (report.interrupted()) {
            html.element("p", "Interrupted: a signal ended this run before everything was tried.", "class", "note");
        }
        html.open("ul", "class", "counts", "aria-label", "Cells by verdict");
        for (Verdict verdict : List.of(Verdict.PASS, Verdict.FAIL, Verdict.ERROR, Verdict.SKIPPED)) {
            int count = report.count(verdict);
            html.open("li", "class", (count == 0 ? "zero " : "") + HtmlSigns.style(verdict));
            HtmlSigns.sign(html, verdict);
            html.element("b", String.valueOf(count)).text(" " + ConsoleReport.Words.plural(verdict, count));
            html.close();
        }
        int cells = report.cells().size();
        html.element("li", "of " + cells + (cells == 1 ? " cell" : " cells"), "class", "all")
                .close();
        facts(html, report);
        html.close();
    }

    private static void facts(Markup html, RunReport report) throws IOException {
        html.open("dl", "class", "facts");
        html.open("div", "class", "wide").element("dt", "Command").open("dd");
        html.element("code", ShellWords.join(report.commandLine())).close().close();
        html.open("div").element("dt", "Started").open("dd");
        html.element("time", time(report), "datetime", report.started().toString())
                .close()
                .close();
        html.open("div")
                .element("dt", "Took")
                .element("dd", Durations.text(report.duration()))
                .close();
        html.open("div").element("dt", "Host").element("dd", report.host()).close();
        html.close();
    }

    private static String time(RunReport report) {
        return DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
                .format(report.started().atOffset(ZoneOffset.UTC));
    }

    private static void cells(Markup html, RunReport report, HtmlAnchors anchors) throws IOException {
        if (report.cells().isEmpty()) {
            return;
        }
        html.open("section", "aria-labelledby", "details").element("h2", "Details", "id", "details", "tabindex", "-1");
        controls(html, report);
        HtmlCell writer = new HtmlCell(html, anchors, new HtmlLogs(html, report));
        for (CellReport cell : report.cells()) {
            writer.write(cell);
        }
        html.close();
    }

    /** Only a script can make them work: so only it shows them. */
    private static void controls(Markup html, RunReport report) throws IOException {
        html.open("form", "class", "controls", "id", "controls", "hidden", "hidden");
        html.open("label", "class", "find").text("Name holds ");
        html.open("input", "type", "search", "id", "find", "autocomplete", "off")
                .close();
        for (Verdict verdict : List.of(Verdict.FAIL, Verdict.ERROR, Verdict.SKIPPED, Verdict.PASS)) {
            if (report.count(verdict) > 0) {
                html.open("label", "class", HtmlSigns.style(verdict));
                html.open("input", "type", "checkbox", "checked", "checked", "value", HtmlSigns.style(verdict));
                HtmlSigns.sign(html, verdict);
                html.text(verdict.name()).close();
            }
        }
        html.open("span", "class", "buttons");
        html.element("button", "Open all", "type", "button", "id", "open-all");
        html.element("button", "Close all", "type", "button", "id", "close-all").close();
        html.element("output", "", "id", "shown").close();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            return "\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
