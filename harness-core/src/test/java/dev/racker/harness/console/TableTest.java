package dev.racker.harness.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columns_are_as_wide_as_their_widest_cell() {
        assertEquals(
                """
                NAME     SIZE    ID
                a        1.5kB   7
                longer           8
                """,
                printed(new Table("NAME", "SIZE", "ID").row("a", "1.5kB", "7").row("longer", "", "8")));
    }

    @Test
    void a_table_without_headings_has_only_its_rows() {
        assertEquals("""
                Key:        value
                Long key:   other
                """, printed(new Table().row("Key:", "value").row("Long key:", "other")));
    }

    @Test
    void empty_cells_at_the_end_leave_no_spaces() {
        assertEquals("A   B\n1\n", printed(new Table("A", "B").row("1", "")));
    }

    @Test
    void an_empty_cell_at_the_start_keeps_its_column() {
        assertEquals("A   B\n    1\n", printed(new Table("A", "B").row("", "1")));
    }

    @Test
    void shorter_and_longer_rows_are_printed_as_they_are() {
        assertEquals("A\n1   2\n", printed(new Table("A").row("1", "2")));
    }

    @Test
    void control_characters_do_not_reach_the_terminal() {
        assertEquals("a??[31mb?   c\n", printed(new Table().row("a\n\u001b[31mb\u009b", "c")));
    }

    @Test
    void characters_outside_the_basic_plane_are_one_wide() {
        assertEquals(
                "\uD835\uDD38   b\nx   c\n",
                printed(new Table().row("\uD835\uDD38", "b").row("x", "c")));
    }

    private static String printed(Table table) {
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text));
        return text.toString();
    }
}
