package dev.racker.harness.report;

import dev.racker.harness.probe.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Draws subjects against images: that way round, the other way, or as a list, whichever is the first that fits. */
final class ConsoleMatrix {

    private static final int GAP = 2;
    private static final int LONGEST_NAME = 60;

    private final RunReport report;
    private final int width;
    private final Function<Verdict, String> painted;

    ConsoleMatrix(RunReport report, int width, Function<Verdict, String> painted) {
        this.report = report;
        this.width = width;
        this.painted = painted;
    }

    /** The lines, each with its end. */
    String draw() {
        List<String> images = report.images();
        List<String> subjects = report.subjects();
        String drawn = table(subjects, images, report::cells);
        if (drawn == null) {
            drawn = table(images, subjects, (image, subject) -> report.cells(subject, image));
        }
        return drawn == null ? list() : drawn;
    }

    /** Null when it is wider than it may be. */
    private String table(List<String> rows, List<String> columns, BiFunction<String, String, List<CellReport>> cells) {
        List<String> heads = columns.stream().map(ConsoleMatrix::name).toList();
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int widest = length(heads.get(i));
            for (String row : rows) {
                widest = Math.max(widest, width(cells.apply(row, columns.get(i))));
            }
            widths.add(widest);
        }
        int first = rows.stream().mapToInt(row -> length(name(row))).max().orElse(0);
        if (first + widths.stream().mapToInt(each -> each + GAP).sum() > width) {
            return null;
        }
        StringBuilder text = new StringBuilder(" ".repeat(first));
        for (int i = 0; i < heads.size(); i++) {
            pad(text.append(" ".repeat(GAP)).append(heads.get(i)), widths.get(i) - length(heads.get(i)));
        }
        end(text);
        for (String row : rows) {
            pad(text.append(name(row)), first - length(name(row)));
            for (int i = 0; i < columns.size(); i++) {
                List<CellReport> here = cells.apply(row, columns.get(i));
                pad(text.append(" ".repeat(GAP)).append(words(here)), widths.get(i) - width(here));
            }
            end(text);
        }
        return text.toString();
    }

    private String list() {
        StringBuilder text = new StringBuilder();
        for (CellReport cell : report.cells()) {
            text.append(painted.apply(cell.verdict()));
            pad(text, 9 - cell.verdict().name().length());
            text.append(name(cell.subject()))
                    .append(" on ")
                    .append(name(cell.image()))
                    .append('\n');
        }
        return text.toString();
    }

    private String words(List<CellReport> cells) {
        StringBuilder words = new StringBuilder(cells.isEmpty() ? "-" : "");
        for (CellReport cell : cells) {
            words.append(words.length() == 0 ? "" : " ").append(painted.apply(cell.verdict()));
        }
        return words.toString();
    }

    private static int width(List<CellReport> cells) {
        return cells.isEmpty()
                ? 1
                : cells.stream()
                                .mapToInt(cell -> cell.verdict().name().length() + 1)
                                .sum()
                        - 1;
    }

    private static String name(String name) {
        return PlainText.line(name, LONGEST_NAME);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static void pad(StringBuilder text, int spaces) {
        text.append(" ".repeat(Math.max(0, spaces)));
    }

    private static void end(StringBuilder text) {
        while (text.length() > 0 && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }
}
