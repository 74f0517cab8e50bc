package dev.racker.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.json.Json;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonReportTest {

    private static JsonNode tree(RunReport report) throws IOException {
        return Json.tree(Written.json(report).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_run_is_told_with_its_counts() throws IOException {
        JsonNode run = tree(SampleReports.matrix());

        assertEquals(1, run.get("schemaVersion").asInt());
        assertEquals("2026-03-01T12:00:00.123Z", run.get("started").asString());
        assertEquals("2026-03-01T12:01:38.583Z", run.get("finished").asString());
        assertTrue(Written.json(SampleReports.matrix()).contains("\"durationSeconds\" : 98.460,"));
        assertEquals("FAIL", run.get("verdict").asString());
        assertEquals(
                "{\"total\":12,\"pass\":6,\"fail\":4,\"error\":1,\"skipped\":1}",
                run.get("counts").toString());
        assertEquals("--image=debian-*", run.get("commandLine").get(2).asString());
    }

    @Test
    void a_cell_has_its_steps_checks_and_evidence_uncut() throws IOException {
        RunReport report = SampleReports.matrix();
        JsonNode cell = tree(report).get("cells").get(3);

        assertEquals("FAIL", cell.get("verdict").asString());
        assertEquals("debian-sid", cell.get("image").asString());
        JsonNode step = cell.get("steps").get(1);
        assertEquals("PASS", step.get("deedVerdict").asString());
        assertEquals("FAIL", step.get("verdict").asString());
        assertEquals(0, step.get("exitStatus").asInt());
        assertEquals(report.cells().get(3).steps().get(1).log(), step.get("log").asString());
        assertEquals("ActiveState", step.get("checks").get(0).get("property").asString());
        assertEquals(
                report.cells().get(3).evidence().get(2).text(),
                cell.get("evidence").get(2).get("text").asString());
    }

    @Test
    void no_property_is_null_even_when_nothing_was_done() throws IOException {
        assertEquals(-1, Written.json(SampleReports.interrupted()).indexOf("null"));
        assertEquals(0, tree(SampleReports.empty()).get("cells").size());
    }

    @Test
    void whatever_a_log_holds_the_document_can_be_read_back() throws IOException {
        RunReport report = SampleReports.hostile();
        String log = report.cells().get(0).steps().get(0).log();

        JsonNode step = tree(report).get("cells").get(0).get("steps").get(0);

        assertEquals(PlainText.encodable(log), step.get("log").asString());
    }

    @Test
    void a_failing_writer_fails_as_itself() {
        IOException full = new IOException("No space left on device");
        Writer out = new Writer() {
            @Override
            public void write(char[] buffer, int offset, int length) throws IOException {
                throw full;
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        assertSame(full, assertThrows(IOException.class, () -> new JsonReport().write(SampleReports.matrix(), out)));
        assertThrows(IOException.class, () -> new JunitReport().write(SampleReports.matrix(), out));
        assertThrows(IOException.class, () -> new TapReport().write(SampleReports.matrix(), out));
        assertThrows(IOException.class, () -> new HtmlReport().write(SampleReports.matrix(), out));
    }
}
