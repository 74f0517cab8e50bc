package dev.racker.harness.report;

import dev.racker.harness.probe.Verdict;
import java.io.IOException;

/** One cell in full: what went wrong on top, then each step with its checks and its log, then the evidence. */
final class HtmlCell {

    private final Markup html;
    private final HtmlAnchors anchors;
    private final HtmlLogs logs;

    HtmlCell(Markup html, HtmlAnchors anchors, HtmlLogs logs) {
        this.html = html;
        this.anchors = anchors;
        this.logs = logs;
    }

    void write(CellReport cell) throws IOException {
        Verdict verdict = cell.verdict();
        html.open(
                "article",
                "class",
                "cell " + HtmlSigns.style(verdict),
                "id",
                anchors.of(cell),
                "data-verdict",
                HtmlSigns.style(verdict),
                "data-name",
                cell.subject() + " " + cell.image());
        html.open("details", "open", verdict.isBad() ? "open" : null).open("summary");
        HtmlSigns.badge(html, verdict);
        html.open("h3")
                .text(cell.subject())
                .element("span", " on ", "class", "on")
                .text(cell.image());
        html.close();
        if (!cell.duration().isZero()) {
            html.element("span", Durations.text(cell.duration()), "class", "time");
        }
        html.close();
        html.open("div", "class", "body");
        if (verdict.isBad()) {
            problems(cell);
        }
        facts(cell);
        steps(cell);
        evidence(cell);
        html.close().close().close();
    }

    private void problems(CellReport cell) throws IOException {
        html.open("div", "class", "callout " + HtmlSigns.style(cell.verdict()));
        if (!cell.diagnosis().isEmpty()) {
            html.element("h4", "Diagnosis").element("p", cell.diagnosis(), "class", "diagnosis");
        }
        html.element("h4", "What was seen").open("ul");
        for (StepReport step : cell.steps()) {
            if (step.verdictOfDeed().isBad()) {
                problem(step.name(), step.reason().isEmpty() ? "exit status " + step.status() : step.reason());
            }
            for (var check : step.badChecks()) {
                problem("after " + step.name(), check.line());
            }
        }
        html.close().close();
    }

    private void problem(String where, String what) throws IOException {
        html.open("li").element("b", where).text(": " + what).close();
    }

    private void facts(CellReport cell) throws IOException {
        if (cell.machine().isEmpty() && cell.attempt() <= 1) {
            return;
        }
        html.open("dl", "class", "facts");
        if (!cell.machine().isEmpty()) {
            html.open("div").element("dt", "Machine").open("dd").element("code", cell.machine());
            html.close().close();
        }
        if (cell.attempt() > 1) {
            html.open("div").element("dt", "Attempt").element("dd", String.valueOf(cell.attempt()));
            html.close();
        }
        html.close();
    }

    private void steps(CellReport cell) throws IOException {
        if (cell.steps().isEmpty()) {
            html.element("p", "Nothing was done here.", "class", "hint");
            return;
        }
        html.element("h4", "Steps");
        for (StepReport step : cell.steps()) {
            step(cell, step);
        }
    }

    private void step(CellReport cell, StepReport step) throws IOException {
        boolean bad = step.verdict().isBad();
        boolean empty = step.command().isEmpty()
                && step.log().isEmpty()
                && step.reason().isEmpty()
                && step.checks().isEmpty();
        if (empty) {
            html.open("div", "class", "step plain " + HtmlSigns.style(step.verdict()));
            stepHead(step);
            html.close();
            return;
        }
        html.open("details", "class", "step " + HtmlSigns.style(step.verdict()), "open", bad ? "open" : null);
        html.open("summary");
        stepHead(step);
        html.close().open("div", "class", "body");
        if (!step.reason().isEmpty()) {
            html.element("p", step.reason(), "class", "reason");
        }
        if (!step.command().isEmpty()) {
            html.open("pre", "class", "command").open("code").element("span", "# ", "class", "prompt");
            html.text(step.command()).close().close();
        }
        new HtmlChecks(html).write(step);
        if (!step.log().isEmpty()) {
            logs.folded(
                    "Log",
                    step.log(),
                    cell.verdict().isBad(),
                    step.verdictOfDeed().isBad());
        }
        html.close().close();
    }

    private void stepHead(StepReport step) throws IOException {
        HtmlSigns.badge(html, step.verdict());
        html.element("b", step.name(), "class", "step-name").open("span", "class", "more");
        if (!step.command().isEmpty()) {
            html.element("span", "exit status " + step.status(), "class", "fact");
        }
        if (!step.checks().isEmpty()) {
            html.element("span", countOfChecks(step), "class", "fact");
        }
        if (step.verdict() != Verdict.SKIPPED) {
            html.element("span", Durations.text(step.duration()), "class", "fact time");
        }
        html.close();
    }

    private static String countOfChecks(StepReport step) {
        int all = step.checks().size();
        int bad = step.badChecks().size();
        String checks = all == 1 ? " check" : " checks";
        return bad == 0 ? all + checks : bad + " of " + all + checks + " bad";
    }

    private void evidence(CellReport cell) throws IOException {
        if (cell.evidence().isEmpty()) {
            return;
        }
        html.element("h4", "Evidence");
        for (Evidence evidence : cell.evidence()) {
            logs.folded(evidence.title(), evidence.text(), true, false);
        }
    }
}
