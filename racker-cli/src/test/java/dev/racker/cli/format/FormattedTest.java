package dev.racker.cli.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class FormattedTest {

    private static final String STANDARD = "{{.ID}}\t{{.Names}}";
    private static final Map<String, String> HEADINGS =
            Map.of("ID", "CONTAINER ID", "Names", "NAMES", "Labels", "LABELS");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "table", " table "})
    void the_standard_table_has_headings_and_aligned_columns(String format) {
        assertEquals("CONTAINER ID   NAMES\n1              one\n22222          two\n", printed(format));
    }

    @ParameterizedTest
    @ValueSource(strings = {"table {{.Names}}\\t{{.ID}}", "table {{.Names}}\t{{.ID}}", "table{{.Names}}\\t{{.ID}}"})
    void a_table_of_ones_own(String format) {
        assertEquals("NAMES   CONTAINER ID\none     1\ntwo     22222\n", printed(format));
    }

    @Test
    void functions_leave_headings_alone() {
        assertEquals(
                "NAMES   CONTAINER ID   NAMES\nONE     1              o-e\nTWO     2              two\n",
                printed("table {{.Names | upper}}\t{{truncate .ID 1}}\t{{join (split .Names \"n\") \"-\"}}"));
    }

    @Test
    void a_label_is_headed_by_the_end_of_its_name() {
        assertEquals("my tier\nfront\n\n", printed("table {{.Label \"com.example.my-tier\"}}"));
    }

    @Test
    void a_template_is_written_for_each_row_without_headings() {
        assertEquals("one:1\ntwo:22222\n", printed("{{.Names}}:{{.ID}}"));
        assertEquals("tables one\ntables two\n", printed("tables {{.Names}}"));
    }

    @Test
    void json_is_an_object_a_line() {
        String first = "{\"ID\":\"1\",\"Names\":\"one\",\"Labels\":\"com.example.my-tier=front\"}\n";
        String second = "{\"ID\":\"22222\",\"Names\":\"two\",\"Labels\":\"\"}\n";
        assertEquals(first + second, printed("json"));
        assertEquals(first + second, printed("{{json .}}"));
    }

    @Test
    void no_rows_are_the_headings_alone() {
        StringWriter out = new StringWriter();
        Formatted.parse(null, STANDARD, HEADINGS).print(new PrintWriter(out), List.of());
        Formatted.parse("{{.ID}}", STANDARD, HEADINGS).print(new PrintWriter(out), List.of());
        assertEquals("CONTAINER ID   NAMES\n", out.toString());
    }

    @Test
    void nothing_is_printed_when_a_row_cannot_be() {
        StringWriter out = new StringWriter();
        Formatted format = Formatted.parse("{{.ID}}{{if eq .Names \"two\"}}{{.Nope}}{{end}}", STANDARD, HEADINGS);
        assertThrows(TemplateException.class, () -> format.print(new PrintWriter(out), rows()));
        assertEquals("", out.toString());
    }

    @Test
    void escape_sequences_in_a_table_do_not_reach_the_terminal() {
        StringWriter out = new StringWriter();
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("ID", "\u001b[31m").put("Names", "x");
        Formatted.parse("table", STANDARD, HEADINGS).print(new PrintWriter(out), List.of(row));
        assertEquals("CONTAINER ID   NAMES\n?[31m          x\n", out.toString());
    }

    private static String printed(String format) {
        StringWriter out = new StringWriter();
        Formatted.parse(format, STANDARD, HEADINGS).print(new PrintWriter(out), rows());
        return out.toString();
    }

    private static List<ObjectNode> rows() {
        ObjectNode one = JsonNodeFactory.instance.objectNode();
        one.put("ID", "1").put("Names", "one").put("Labels", "com.example.my-tier=front");
        ObjectNode two = JsonNodeFactory.instance.objectNode();
        two.put("ID", "22222").put("Names", "two").put("Labels", "");
        return List.of(one, two);
    }
}
