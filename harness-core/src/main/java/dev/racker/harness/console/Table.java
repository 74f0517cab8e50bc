package dev.racker.harness.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, three spaces apart, without spaces at line ends. */
public final class Table {

    private static final int GAP = 3;

    private final List<String[]> rows = new ArrayList<>();

    /** Creates a table whose first row names the columns; no headings, no such row. */
    public Table(String... headings) {
        if (headings.length > 0) {
            row(headings);
        }
    }

    /** Adds a row; rows may differ in length. Control characters, a line end too, become question marks. */
    public Table row(String... cells) {
        String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            row[i] = printable(cells[i]);
        }
        rows.add(row);
        return this;
    }

    /** Prints all rows; the last column is as wide as it likes. */
    public void print(PrintWriter out) {
        List<Integer> widths = widths();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]);
                if (i + 1 < row.length) {
                    line.append(" ".repeat(widths.get(i) - width(row[i]) + GAP));
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                if (i == widths.size()) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), width(row[i])));
            }
        }
        return widths;
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    /** Names and labels come from images: an escape sequence in them must not reach the terminal. */
    private static String printable(String cell) {
        StringBuilder clean = null;
        for (int i = 0; i < cell.length(); i++) {
            if (Character.isISOControl(cell.charAt(i))) {
                clean = clean == null ? new StringBuilder(cell) : clean;
                clean.setCharAt(i, '?');
            }
        }
        return clean == null ? cell : clean.toString();
    }
}
