package dev.racker.harness.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The table of where the time went: a bar for each cell, as long as the cell took, and the numbers beside it. */
final class HtmlDurations {

    private static final int BAR = 1000;

    private final Markup html;
    private final RunReport report;
    private final HtmlAnchors anchors;

    HtmlDurations(Markup html, RunReport report, HtmlAnchors anchors) {
        this.html = html;
        this.report = report;
        this.anchors = anchors;
    }

    void write() throws IOException {
        List<String> phases = Phases.names(report);
        if (phases.isEmpty()) {
            return;
        }
        html.open("section", "aria-labelledby", "durations");
        html.element("h2", "Where the time went", "id", "durations");
        html.element("p", "Seconds. Each bar is as long as its cell took.", "class", "hint");
        html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-labelledby", "durations");
        html.open("table", "class", "durations", "role", "table").open("thead", "role", "rowgroup");
        html.open("tr", "role", "row");
        html.element("th", "Cell", "scope", "col", "role", "columnheader");
        html.element("th", "Bar", "scope", "col", "role", "columnheader", "class", "bar-head");
        for (String phase : phases) {
            html.open("th", "scope", "col", "role", "columnheader", "class", "number");
            html.element("span", "", "class", "key phase" + Phases.colour(phase))
                    .text(phase)
                    .close();
        }
        html.element("th", "total", "scope", "col", "role", "columnheader", "class", "number");
        html.close().close().open("tbody", "role", "rowgroup");
        long longest =
                report.cells().stream().mapToLong(HtmlDurations::length).max().orElse(1);
        for (CellReport cell : report.cells()) {
            if (!Phases.of(cell).isEmpty()) {
                row(cell, phases, Math.max(1, longest));
            }
        }
        html.close().close().close().close();
    }

    private void row(CellReport cell, List<String> phases, long longest) throws IOException {
        Map<String, Duration> durations = Phases.of(cell);
        html.open("tr", "role", "row").open("th", "scope", "row", "role", "rowheader");
        html.open("a", "href", "#" + anchors.of(cell)).text(cell.subject());
        html.element("span", " on " + cell.image(), "class", "on").close().close();
        html.open("td", "role", "cell", "class", "bar-cell");
        bar(durations, phases, longest);
        html.close();
        for (String phase : phases) {
            Duration duration = durations.get(phase);
            html.open("td", "role", "cell", "class", duration == null ? "number empty" : "number");
            if (duration != null) {
                html.element("span", "", "class", "key phase" + Phases.colour(phase));
                html.element("span", phase + " ", "class", "phase", "aria-hidden", "true")
                        .text(seconds(duration));
            }
            html.close();
        }
        html.open("td", "role", "cell", "class", "number total");
        html.element("span", "total ", "class", "phase", "aria-hidden", "true");
        html.text(seconds(cell.duration())).close().close();
    }

    private void bar(Map<String, Duration> durations, List<String> phases, long longest) throws IOException {
        StringJoiner label = new StringJoiner(", ");
        phases.stream()
                .filter(durations::containsKey)
                .forEach(phase -> label.add(phase + " " + Durations.text(durations.get(phase))));
        html.open(
                "svg",
                "class",
                "bar",
                "width",
                "100%",
                "height",
                "14",
                "viewBox",
                "0 0 " + BAR + " 14",
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                label.length() == 0 ? "no time" : label.toString());
        long before = 0;
        for (String phase : phases) {
            long millis = durations.getOrDefault(phase, Duration.ZERO).toMillis();
            if (millis > 0) {
                html.open(
                        "rect",
                        "class",
                        "phase" + Phases.colour(phase),
                        "x",
                        place(before, longest),
                        "width",
                        place(millis, longest),
                        "height",
                        "14");
                html.element("title", phase + " " + Durations.text(durations.get(phase)))
                        .close();
                before += millis;
            }
        }
        html.close();
    }

    private static String place(long millis, long longest) {
        return BigDecimal.valueOf(millis * BAR * 10L / longest, 1).toPlainString();
    }

    private static long length(CellReport cell) {
        return Phases.of(cell).values().stream().mapToLong(Duration::toMillis).sum();
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf((Math.max(0, duration.toMillis()) + 50) / 100, 1)
                .toPlainString();
    }
}
