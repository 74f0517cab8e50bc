package dev.racker.cli.format;

import dev.racker.harness.console.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How rows are printed: {@code table}, {@code table TEMPLATE}, {@code json}, or a template that is written once for each
 * row.
 */
public final class Formatted {

    private static final String TABLE = "table";

    private final GoTemplate template;
    private final boolean json;
    private final ObjectNode headings;
    private final boolean standard;

    private Formatted(GoTemplate template, boolean json, ObjectNode headings, boolean standard) {
        this.template = template;
        this.json = json;
        this.headings = headings;
        this.standard = standard;
    }

    /**
     * Reads a format.
     *
     * @param format what a user asked for; null is {@code table}
     * @param standard the template of {@code table} without one: its cells stand between tabs, {@code {{.ID}}\t{{.Name}}}
     * @param headings what a table writes above a field, by the field's name
     * @throws TemplateException when the format is a template that cannot be read
     */
    public static Formatted parse(String format, String standard, Map<String, String> headings) {
        String text = format == null || format.isBlank() ? TABLE : format.strip();
        if (text.equals("json")) {
            return new Formatted(null, true, null, false);
        }
        if (!isTable(text)) {
            return new Formatted(GoTemplate.parse(format), false, null, false);
        }
        String rows = text.substring(TABLE.length()).strip();
        ObjectNode names = JsonNodeFactory.instance.objectNode();
        headings.forEach(names::put);
        return new Formatted(GoTemplate.parse(rows.isEmpty() ? standard : rows), false, names, rows.isEmpty());
    }

    private static boolean isTable(String format) {
        String rest = format.startsWith(TABLE) ? format.substring(TABLE.length()) : "none";
        return rest.isEmpty() || Character.isWhitespace(rest.charAt(0)) || rest.startsWith("{{");
    }

    /** Says whether only what the standard table shows is wanted; then other fields may be left out. */
    public boolean isStandard() {
        return standard;
    }

    /**
     * Prints the rows: JSON compactly, one object a line; columns aligned, below their headings; each template with a
     * line end.
     *
     * @throws TemplateException when a row has not what the template asks for; nothing is printed then
     */
    public void print(PrintWriter out, List<? extends JsonNode> rows) {
        List<String> lines = new ArrayList<>();
        for (JsonNode row : rows) {
            lines.add(json ? row.toString() : template.render(row));
        }
        if (headings == null) {
            lines.forEach(out::println);
        } else {
            lines.add(0, template.renderHeadings(headings));
            table(lines).print(out);
        }
        out.flush();
    }

    private static Table table(List<String> rows) {
        Table table = new Table();
        for (String row : rows) {
            for (String line : row.split("\n", -1)) {
                table.row(line.split("\t", -1));
            }
        }
        return table;
    }
}
