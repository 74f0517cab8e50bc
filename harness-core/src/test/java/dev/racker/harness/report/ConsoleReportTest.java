package dev.racker.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {

    private static String print(RunReport report, boolean coloured, int width) throws IOException {
        StringBuilder out = new StringBuilder();
        new ConsoleReport(coloured, width).write(report, Path.of("out/index.html"), out);
        return out.toString();
    }

    @Test
    void a_good_run_is_its_matrix_and_its_counts() throws IOException {
        assertEquals("""
                       debian-bookworm  debian-trixie
                nginx  PASS             PASS

                PASS  2 cells: 2 passed, in 1 min 38 s
                Report: out/index.html
                """, print(SampleReports.green(), false, 80));
    }

    @Test
    void each_bad_cell_says_what_was_seen_and_why() throws IOException {
        assertTrue(print(SampleReports.matrix(), false, 80).contains("""
                                FAIL   nginx on debian-sid, 10.9 s
                                  after install: unit nginx.service: ActiveState expected active, was failed
                                                 (Result: exit-code, status 1/FAILURE)
                                    nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)
                                    nginx: [emerg] still could not bind()
                                  after install: failed-units machine: failed units expected none, was
                                                 nginx.service
                                  diagnosis: Another program already listens on port 80: apache2 (pid 214,
                                             apache2.service). The package nginx does not declare a conflict
                                             with it.

                                """), print(SampleReports.matrix(), false, 80));
    }

    @Test
    void what_failed_is_told_with_the_end_of_what_it_said() throws IOException {
        String line = "    Mar 01 12:00:07 debian nginx[812]: 10.0.2.15 - GET /healthz HTTP/1.1 200 612\n";

        assertTrue(
                print(SampleReports.large(1, 77 * 8), false, 100)
                        .contains("  install: It broke.\n    # apt-get install x\n    (2 lines before)\n"
                                + line.repeat(6) + "\n"),
                print(SampleReports.large(1, 77 * 8), false, 100));
    }

    @Test
    void the_counts_tell_errors_from_failures() throws IOException {
        assertTrue(print(SampleReports.matrix(), false, 80)
                .contains("\nFAIL  12 cells: 6 passed, 4 failed, 1 error, 1 skipped, in 1 min 38 s\n"));
        assertTrue(print(SampleReports.interrupted(), false, 80)
                .contains("PASS (interrupted)  3 cells: 1 passed, 2 skipped"));
    }

    @Test
    void eighty_columns_are_enough_unless_a_word_is_longer() throws IOException {
        for (RunReport report : new RunReport[] {SampleReports.matrix(), SampleReports.wide(), SampleReports.green()}) {
            print(report, false, 80)
                    .lines()
                    .filter(line -> !line.contains("foo-telemetry"))
                    .forEach(line -> assertTrue(line.length() <= 80, line));
        }
    }

    @Test
    void many_images_become_rows() throws IOException {
        String text = print(SampleReports.wide(), false, 80);
        assertTrue(text.startsWith("                     nginx\ndebian-bullseye      PASS\n"), text);
    }

    @Test
    void long_names_of_rows_are_shortened() throws IOException {
        List<String> lines =
                print(SampleReports.matrix(), false, 80).lines().limit(4).toList();

        assertEquals("redis-server         PASS             PASS             FAIL           PASS", lines.get(2));
        assertEquals("./foo-tel…amd64.deb", lines.get(3).split(" ")[0]);
        assertTrue(lines.get(3).endsWith("FAIL             FAIL             ERROR          SKIPPED"), lines.get(3));
    }

    @Test
    void what_fits_neither_way_is_a_list() throws IOException {
        String text = print(SampleReports.matrix(), false, 60);
        assertTrue(text.startsWith("PASS     nginx on debian-bullseye\n"), text);
    }

    @Test
    void colours_come_only_when_asked_for_and_escape_sequences_of_a_machine_never() throws IOException {
        assertEquals(-1, print(SampleReports.hostile(), false, 80).indexOf('\u001b'));
        String coloured = print(SampleReports.hostile(), true, 80);
        assertTrue(coloured.contains("\u001b[1;31mFAIL\u001b[0m"));
        assertFalse(coloured.contains("\u001b[31m"));
        assertFalse(coloured.contains("\u001b]"));
    }

    @Test
    void columns_stay_aligned_in_colours() throws IOException {
        String plain = print(SampleReports.matrix(), false, 120);
        String coloured = print(SampleReports.matrix(), true, 120);
        assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
    }

    @Test
    void a_run_of_nothing_says_so() throws IOException {
        assertEquals(
                "SKIPPED  0 cells, in 1 min 38 s\nReport: out/index.html\n", print(SampleReports.empty(), false, 80));
    }
}
