package dev.racker.harness.report;

import dev.racker.harness.probe.ProbeResult;
import java.io.IOException;

/** The table of what the checks after a step expected and saw. */
final class HtmlChecks {

    private static final String[] COLUMNS = {"Verdict", "Check", "Property", "Expected", "Actual", "Time"};

    private final Markup html;

    HtmlChecks(Markup html) {
        this.html = html;
    }

    void write(StepReport step) throws IOException {
        if (step.checks().isEmpty()) {
            return;
        }
        html.open("div", "class", "scroll");
        html.open("table", "class", "checks", "role", "table");
        html.element("caption", "Checks after " + step.name());
        html.open("thead", "role", "rowgroup").open("tr", "role", "row");
        for (String column : COLUMNS) {
            String style = column.equals("Time") ? "number" : null;
            html.element("th", column, "scope", "col", "role", "columnheader", "class", style);
        }
        html.close().close().open("tbody", "role", "rowgroup");
        for (ProbeResult check : step.checks()) {
            row(check);
        }
        html.close().close().close();
    }

    private void row(ProbeResult check) throws IOException {
        String style = HtmlSigns.style(check.verdict());
        boolean explained = !check.detail().isBlank();
        html.open("tr", "role", "row", "class", explained ? style + " explained" : style);
        html.open("td", "role", "cell", "data-label", COLUMNS[0]);
        HtmlSigns.badge(html, check.verdict());
        html.close().open("th", "scope", "row", "role", "rowheader", "data-label", COLUMNS[1]);
        html.open("span").element("span", check.kind(), "class", "kind").text(" ");
        html.element("code", check.subject()).close().close();
        cell(COLUMNS[2], check.property());
        cell(COLUMNS[3], check.expected());
        cell(COLUMNS[4], check.actual());
        html.element(
                "td", Durations.text(check.duration()), "class", "number", "role", "cell", "data-label", COLUMNS[5]);
        html.close();
        if (explained) {
            html.open("tr", "role", "row", "class", "detail " + style);
            html.open("td", "role", "cell", "colspan", String.valueOf(COLUMNS.length));
            html.element("pre", PlainText.cut(PlainText.of(check.detail()).strip(), HtmlLogs.SMALL));
            html.close().close();
        }
    }

    private void cell(String label, String text) throws IOException {
        html.element("td", text, "role", "cell", "data-label", label);
    }
}
