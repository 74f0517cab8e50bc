package dev.racker.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TapReportTest {

    @Test
    void every_deed_and_every_check_is_a_point() throws IOException {
        Tap tap = Tap.parse(Written.tap(SampleReports.green()));

        assertEquals(2 * (5 + 4 + 2 + 2 + 4), tap.points.size());
        assertEquals("debian-bookworm nginx boot", tap.points.get(0).description);
        assertEquals("debian-bookworm nginx install: unit nginx.service ActiveState", tap.points.get(2).description);
        assertTrue(tap.points.stream().allMatch(point -> point.ok && point.yaml.isEmpty()));
    }

    @Test
    void what_went_wrong_is_explained() throws IOException {
        Tap tap = Tap.parse(Written.tap(SampleReports.matrix()));
        Point failed = tap.point("debian-sid nginx install: unit nginx.service ActiveState");
        Point broken = tap.point("debian-trixie " + SampleReports.LONG_NAME + " install");

        assertFalse(failed.ok);
        assertTrue(failed.yaml.contains("severity: \"fail\""), failed.yaml.toString());
        assertTrue(failed.yaml.contains("expected: \"active\""), failed.yaml.toString());
        int detail = failed.yaml.indexOf("detail: |");
        assertEquals("  nginx: [emerg] still could not bind()", failed.yaml.get(detail + 2));
        assertTrue(failed.yaml.stream().anyMatch(line -> line.startsWith("diagnosis: \"Another program")));
        assertFalse(broken.ok);
        assertTrue(broken.yaml.contains("severity: \"error\""), broken.yaml.toString());
        assertTrue(broken.yaml.contains("exit_status: 100"), broken.yaml.toString());
    }

    @Test
    void what_was_not_tried_is_skipped() throws IOException {
        Tap tap = Tap.parse(Written.tap(SampleReports.matrix()));

        assertEquals("not tried", tap.point("debian-sid nginx reinstall").skip);
        assertEquals("not run", tap.point("debian-sid " + SampleReports.LONG_NAME + " not run").skip);
        assertEquals(
                "not tried: nginx.service has failed",
                tap.point("debian-sid nginx install: http http://localhost:80 status").skip);
    }

    @Test
    void an_interrupted_run_bails_out_at_its_end() throws IOException {
        assertTrue(Written.tap(SampleReports.interrupted()).endsWith("\nBail out! interrupted\n"));
        assertFalse(Written.tap(SampleReports.matrix()).contains("Bail out!"));
    }

    @Test
    void a_run_of_nothing_is_a_skipped_plan() throws IOException {
        assertTrue(Written.tap(SampleReports.empty()).startsWith("TAP version 13\n1..0 # SKIP nothing was tried\n"));
    }

    @Test
    void hashes_and_backslashes_in_names_are_no_directives() throws IOException {
        CellReport cell = SampleCells.green("a\\b", "x # SKIP no", 1000);
        RunReport like = SampleReports.green();
        RunReport report =
                new RunReport(like.title(), "", List.of(), "", like.started(), like.duration(), false, List.of(cell));

        Point point = Tap.parse(Written.tap(report)).points.get(0);

        assertEquals("a\\b x # SKIP no boot", point.description);
        assertEquals(null, point.skip);
    }

    @Test
    void a_log_cannot_speak_tap() throws IOException {
        Tap tap = Tap.parse(Written.tap(SampleReports.hostile()));

        assertEquals(6, tap.points.size());
        assertTrue(tap.points.stream().noneMatch(point -> point.ok));
    }

    @Test
    void the_parser_of_this_test_is_strict() {
        assertThrows(IllegalStateException.class, () -> Tap.parse("TAP version 13\n1..2\nok 1 - a\n"));
        assertThrows(IllegalStateException.class, () -> Tap.parse("TAP version 13\n1..1\nok 2 - a\n"));
        assertThrows(IllegalStateException.class, () -> Tap.parse("TAP version 13\n1..1\nok 1 - a\nlog\n"));
        assertThrows(IllegalStateException.class, () -> Tap.parse("TAP version 13\n1..1\nok 1 - a\n  ---\n  b: c\n"));
    }

    private static final class Point {
        boolean ok;
        String description;
        String skip;
        List<String> yaml = new ArrayList<>();
    }

    /** Reads what we may write and nothing else. */
    private static final class Tap {
        private static final Pattern POINT =
                Pattern.compile("(not )?ok (\\d+) - ((?:[^\\\\#]|\\\\[\\\\#])*?)(?: # SKIP (.+))?");

        final List<Point> points = new ArrayList<>();

        Point point(String description) {
            return points.stream()
                    .filter(point -> point.description.equals(description))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no point '" + description + "'"));
        }

        static Tap parse(String text) {
            Tap tap = new Tap();
            List<String> lines = text.lines().toList();
            check(lines.get(0).equals("TAP version 13"), lines.get(0));
            check(lines.get(1).matches("1\\.\\.[0-9]+( # SKIP .+)?"), lines.get(1));
            for (int i = 2; i < lines.size(); i++) {
                String line = lines.get(i);
                if (line.equals("  ---")) {
                    int end = lines.subList(i, lines.size()).indexOf("  ...");
                    check(end > 1, "a block without an end");
                    tap.yaml(lines.subList(i + 1, i + end));
                    i += end;
                } else if (!line.startsWith("# ") && !line.startsWith("Bail out!")) {
                    tap.point(line, i);
                }
            }
            check(lines.get(1).split(" ")[0].equals("1.." + tap.points.size()), "the plan");
            return tap;
        }

        private void yaml(List<String> lines) {
            for (String line : lines) {
                check(line.matches("  [a-z_]+: (\"([^\"\\\\]|\\\\[\"\\\\])*\"|[0-9]+|\\|)|    .*"), line);
                points.get(points.size() - 1).yaml.add(line.substring(2));
            }
        }

        private void point(String line, int at) {
            Matcher matcher = POINT.matcher(line);
            check(matcher.matches(), line);
            check(Integer.parseInt(matcher.group(2)) == points.size() + 1, "the number in line " + at);
            Point point = new Point();
            point.ok = matcher.group(1) == null;
            point.description = matcher.group(3).replaceAll("\\\\(.)", "$1");
            point.skip = matcher.group(4);
            points.add(point);
        }

        private static void check(boolean good, String what) {
            if (!good) {
                throw new IllegalStateException("not as it should be: " + what);
            }
        }
    }
}
