package dev.racker.postroj.matrix;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.probe.Verdict;
import dev.racker.harness.report.CellReport;
import dev.racker.harness.report.StepReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {

    private static final int COLUMNS = 40;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private static CellReport passed(String image, String subject) {
        StepReport step = new StepReport("boot", Verdict.PASS, "", "", 0, "", Duration.ZERO, List.of());
        return new CellReport(image, subject, "", 1, Duration.ofSeconds(3), List.of(step), "", List.of());
    }

    /** What a terminal shows in the end: moving up and clearing takes lines away again. */
    private List<String> screen() {
        List<String> lines = new ArrayList<>();
        for (String part : printed.toString(StandardCharsets.UTF_8).split("(?<=\n)|(?<=\u001b\\[J)")) {
            if (part.endsWith("A\u001b[J")) {
                int escape = part.indexOf("\u001b[");
                assertTrue(escape == 0 || part.charAt(escape - 1) == '\r', "not from the beginning of the line");
                int up = Integer.parseInt(part.substring(escape + 2, part.indexOf('A', escape)));
                lines = lines.subList(0, lines.size() - up);
            } else if (!part.isEmpty()) {
                lines.add(part.stripTrailing());
            }
        }
        return lines;
    }

    @Test
    void cells_under_way_are_lines_with_their_phase_below_those_that_have_ended() {
        try (LiveTable table = new LiveTable(err, COLUMNS, 3)) {
            table.phase("debian", "a", "boot");
            table.phase("debian", "b", "boot");
            table.ended(passed("debian", "a"));
            table.phase("debian", "b", "install");

            List<String> screen = screen();
            assertAll(
                    () -> assertEquals(3, screen.size(), screen::toString),
                    () -> assertEquals("PASS    debian  a  3.0 s", screen.get(0)),
                    () -> assertTrue(screen.get(1).matches("\\.\\.\\.     debian  b  \\d+ s  install"), screen.get(1)),
                    () -> assertEquals("1 of 3 done", screen.get(2)));
        }

        assertEquals(List.of("PASS    debian  a  3.0 s"), screen());
    }

    @Test
    void what_a_terminal_shows_of_the_interrupt_key_goes_with_the_lines() {
        try (LiveTable table = new LiveTable(err, COLUMNS, 1)) {
            table.phase("debian", "a", "boot");
            err.print("^C");
            table.ended(passed("debian", "a"));
        }

        assertEquals(List.of("PASS    debian  a  3.0 s"), screen());
    }

    @Test
    void a_line_never_wraps() {
        try (LiveTable table = new LiveTable(err, COLUMNS, 1)) {
            table.phase("debian", "x".repeat(100), "boot");

            screen().forEach(line -> assertTrue(line.length() < COLUMNS, line));
        }
    }
}
