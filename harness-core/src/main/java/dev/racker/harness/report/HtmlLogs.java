package dev.racker.harness.report;

import java.io.IOException;

/**
 * Writes logs and evidence so that a page stays one that a browser opens at once: what is longer than its limit loses its
 * middle. In cells that went wrong the limit is {@value #LARGE} characters, or less when there are so many texts that all
 * together would pass {@value #PAGE}; elsewhere it is {@value #SMALL}.
 */
final class HtmlLogs {

    /** Characters of one text in a cell that went well, and of the detail of a check. */
    static final int SMALL = 20_000;

    /** Characters of one text in a cell that went wrong. */
    static final int LARGE = 200_000;

    /** Characters of all texts in cells that went wrong, roughly. */
    static final int PAGE = 8_000_000;

    private final Markup html;
    private final int limit;

    HtmlLogs(Markup html, RunReport report) {
        this.html = html;
        long texts = report.badCells().stream()
                .mapToLong(cell -> cell.evidence().size() + cell.steps().size())
                .sum();
        this.limit = (int) Math.max(SMALL, Math.min(LARGE, PAGE / Math.max(1, texts)));
    }

    /** Writes a text that can be unfolded. */
    void folded(String title, String text, boolean matters, boolean open) throws IOException {
        String plain = trimmed(PlainText.of(text));
        html.open("details", "class", "log", "open", open ? "open" : null).open("summary");
        html.text(title).text(" ").element("span", size(plain), "class", "size").close();
        html.element(
                "pre",
                "\n" + PlainText.cut(plain, matters ? limit : SMALL), // the first line end after <pre> is not shown
                "tabindex",
                "0",
                "role",
                "group",
                "aria-label",
                title);
        html.close();
    }

    private static String size(String text) {
        long lines = text.lines().count();
        return text.isEmpty() ? "empty" : lines == 1 ? "1 line" : lines + " lines";
    }

    private static String trimmed(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == '\n') {
            start++;
        }
        return text.substring(start).stripTrailing();
    }
}
