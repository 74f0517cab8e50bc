package dev.racker.harness.report;

import java.io.IOException;
import java.util.List;

/**
 * The table of subjects (rows) and images (columns), and below it the list of what went wrong. Many images become the
 * rows, because pages are high and not wide.
 */
final class HtmlMatrix {

    private static final int MOST_COLUMNS = 6;

    private final Markup html;
    private final RunReport report;
    private final HtmlAnchors anchors;

    HtmlMatrix(Markup html, RunReport report, HtmlAnchors anchors) {
        this.html = html;
        this.report = report;
        this.anchors = anchors;
    }

    void write() throws IOException {
        html.open("section", "aria-labelledby", "matrix").element("h2", "Matrix", "id", "matrix");
        if (report.cells().isEmpty()) {
            html.element("p", "Nothing was tried.").close();
            return;
        }
        boolean upright = report.images().size() > MOST_COLUMNS
                && report.subjects().size() < report.images().size();
        List<String> rows = upright ? report.images() : report.subjects();
        List<String> columns = upright ? report.subjects() : report.images();
        html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-labelledby", "matrix");
        html.open("table", "class", "matrix", "role", "table").open("thead", "role", "rowgroup");
        html.open("tr", "role", "row");
        html.element("th", upright ? "Image" : "Subject", "scope", "col", "role", "columnheader");
        for (String column : columns) {
            html.element("th", column, "scope", "col", "role", "columnheader");
        }
        html.close().close().open("tbody", "role", "rowgroup");
        for (String row : rows) {
            html.open("tr", "role", "row");
            html.element("th", row, "scope", "row", "role", "rowheader");
            for (String column : columns) {
                cells(column, upright ? report.cells(column, row) : report.cells(row, column));
            }
            html.close();
        }
        html.close().close().close().close();
    }

    private void cells(String column, List<CellReport> cells) throws IOException {
        html.open("td", "role", "cell").element("span", column, "class", "column", "aria-hidden", "true");
        if (cells.isEmpty()) {
            html.element("span", "–", "class", "none", "title", "not asked for");
        }
        for (CellReport cell : cells) {
            html.open("a", "class", "verdict " + HtmlSigns.style(cell.verdict()), "href", "#" + anchors.of(cell));
            HtmlSigns.sign(html, cell.verdict());
            html.element("b", cell.verdict().name()).text(" ").open("span", "class", "more");
            if (cell.culprit().isPresent()) {
                html.element("span", cell.culprit().get().name(), "class", "step-name")
                        .text(", ");
            }
            String time = cell.duration().isZero() ? "not run" : Durations.text(cell.duration());
            html.element("span", time, "class", "time");
            html.close().close();
        }
        html.close();
    }

    /** Each bad cell in a line or two. */
    void writeProblems() throws IOException {
        List<CellReport> bad = report.badCells();
        if (bad.isEmpty()) {
            return;
        }
        html.open("section", "aria-labelledby", "problems").element("h2", "What went wrong", "id", "problems");
        html.open("ul", "class", "problems");
        for (CellReport cell : bad) {
            html.open("li");
            HtmlSigns.badge(html, cell.verdict());
            html.open("div").open("p");
            html.element("a", cell.subject() + " on " + cell.image(), "href", "#" + anchors.of(cell));
            html.close();
            StepReport step = cell.culprit().orElseThrow();
            html.open("p")
                    .element("b", step.name())
                    .text(": " + PlainText.line(step.cause(), 300))
                    .close();
            if (!cell.diagnosis().isEmpty()) {
                html.element("p", PlainText.line(cell.diagnosis(), 400), "class", "diagnosis");
            }
            html.close().close();
        }
        html.close().close();
    }
}
