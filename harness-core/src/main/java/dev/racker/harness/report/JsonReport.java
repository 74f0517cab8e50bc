package dev.racker.harness.report;

import dev.racker.harness.json.Json;
import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;

/**
 * The result record as JSON, for programs: everything, uncut, as it was printed.
 *
 * <p>One object, in UTF-8. Within one {@code schemaVersion} properties may be added, but none is renamed, removed or
 * given another meaning. None is ever null or left out. Durations are seconds, numbers with three decimals; times are
 * ISO 8601 in UTC, to the millisecond; verdicts are {@code PASS}, {@code FAIL}, {@code ERROR} and {@code SKIPPED}.
 *
 * <pre>
 * {
 *   "schemaVersion": 1,
 *   "title": "pkgprobe nginx",
 *   "version": "0.1.0",                     the program's
 *   "commandLine": ["postroj", "pkgprobe", ...],
 *   "host": "Debian GNU/Linux 12, kernel 6.1.0, control plane machined",
 *   "started": "2026-03-01T12:00:00.000Z",
 *   "finished": "2026-03-01T12:01:10.500Z",
 *   "durationSeconds": 70.500,
 *   "interrupted": false,                   whether a signal ended the run early
 *   "verdict": "FAIL",                      the worst of all cells
 *   "counts": {"total": 12, "pass": 9, "fail": 1, "error": 1, "skipped": 1},      of cells
 *   "cells": [{
 *     "image": "debian-bookworm",
 *     "subject": "nginx",                   the row of the matrix
 *     "machine": "nginx-debian-bookworm-1", empty when none was started
 *     "attempt": 1,
 *     "verdict": "FAIL",
 *     "durationSeconds": 12.345,
 *     "diagnosis": "...",                   empty when the cause is not known
 *     "steps": [{
 *       "name": "install",                  boot, setup, install, upgrade, reinstall, remove, purge, run
 *       "verdict": "FAIL",                  the worst of the deed and its checks
 *       "deedVerdict": "PASS",              of the deed without its checks
 *       "reason": "",                       why the deed failed
 *       "command": "apt-get install -y nginx",
 *       "exitStatus": 0,
 *       "durationSeconds": 9.876,           of the deed without its checks
 *       "log": "...",
 *       "checks": [{
 *         "kind": "unit", "subject": "nginx.service", "property": "ActiveState",
 *         "expected": "active", "actual": "failed", "verdict": "FAIL",
 *         "detail": "...",                  further lines, may be empty
 *         "durationSeconds": 0.040
 *       }]
 *     }],
 *     "evidence": [{"title": "systemctl status nginx.service", "text": "..."}]
 *   }]
 * }
 * </pre>
 */
public final class JsonReport {

    /** The value of {@code schemaVersion}: it grows when a reader of the older form would be misled. */
    public static final int SCHEMA_VERSION = 1;

    /**
     * Writes the document with a line end after it; the writer is flushed, not closed.
     *
     * @throws IOException when the writer fails
     */
    public void write(RunReport report, Writer out) throws IOException {
        try (JsonGenerator json = Json.mapper()
                .writerWithDefaultPrettyPrinter()
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(out)) {
            run(json, report);
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
        out.write('\n');
        out.flush();
    }

    private static void run(JsonGenerator json, RunReport report) {
        json.writeStartObject();
        json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
        string(json, "title", report.title());
        string(json, "version", report.version());
        json.writeArrayPropertyStart("commandLine");
        report.commandLine().forEach(word -> json.writeString(PlainText.encodable(word)));
        json.writeEndArray();
        string(json, "host", report.host());
        string(json, "started", time(report.started()));
        string(json, "finished", time(report.started().plus(report.duration())));
        seconds(json, report.duration());
        json.writeBooleanProperty("interrupted", report.interrupted());
        string(json, "verdict", report.verdict().name());
        counts(json, report);
        json.writeArrayPropertyStart("cells");
        report.cells().forEach(cell -> cell(json, cell));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, RunReport report) {
        json.writeObjectPropertyStart("counts");
        json.writeNumberProperty("total", report.cells().size());
        for (Verdict verdict : List.of(Verdict.PASS, Verdict.FAIL, Verdict.ERROR, Verdict.SKIPPED)) {
            json.writeNumberProperty(verdict.name().toLowerCase(Locale.ROOT), report.count(verdict));
        }
        json.writeEndObject();
    }

    private static void cell(JsonGenerator json, CellReport cell) {
        json.writeStartObject();
        string(json, "image", cell.image());
        string(json, "subject", cell.subject());
        string(json, "machine", cell.machine());
        json.writeNumberProperty("attempt", cell.attempt());
        string(json, "verdict", cell.verdict().name());
        seconds(json, cell.duration());
        string(json, "diagnosis", cell.diagnosis());
        json.writeArrayPropertyStart("steps");
        cell.steps().forEach(step -> step(json, step));
        json.writeEndArray();
        json.writeArrayPropertyStart("evidence");
        for (Evidence evidence : cell.evidence()) {
            json.writeStartObject();
            string(json, "title", evidence.title());
            string(json, "text", evidence.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void step(JsonGenerator json, StepReport step) {
        json.writeStartObject();
        string(json, "name", step.name());
        string(json, "verdict", step.verdict().name());
        string(json, "deedVerdict", step.verdictOfDeed().name());
        string(json, "reason", step.reason());
        string(json, "command", step.command());
        json.writeNumberProperty("exitStatus", step.status());
        seconds(json, step.duration());
        string(json, "log", step.log());
        json.writeArrayPropertyStart("checks");
        step.checks().forEach(check -> check(json, check));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void check(JsonGenerator json, ProbeResult check) {
        json.writeStartObject();
        string(json, "kind", check.kind());
        string(json, "subject", check.subject());
        string(json, "property", check.property());
        string(json, "expected", check.expected());
        string(json, "actual", check.actual());
        string(json, "verdict", check.verdict().name());
        string(json, "detail", check.detail());
        seconds(json, check.duration());
        json.writeEndObject();
    }

    private static void string(JsonGenerator json, String name, String value) {
        json.writeStringProperty(name, PlainText.encodable(value));
    }

    private static void seconds(JsonGenerator json, Duration duration) {
        json.writeName("durationSeconds").writeNumber(Durations.seconds(duration));
    }

    private static String time(Instant instant) {
        return java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
                .format(instant.truncatedTo(ChronoUnit.MILLIS).atOffset(java.time.ZoneOffset.UTC));
    }
}
