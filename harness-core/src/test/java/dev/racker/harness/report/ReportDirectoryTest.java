package dev.racker.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDirectoryTest {

    @TempDir
    Path temporary;

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void all_forms_are_written_and_nothing_else_is_left() throws IOException {
        Path directory = temporary.resolve("not/there/yet");

        Path page = ReportDirectory.write(SampleReports.matrix(), directory);

        assertEquals(directory.resolve("index.html"), page);
        assertEquals(List.of("index.html", "junit.xml", "report.json", "report.tap"), names(directory));
        assertEquals(Written.html(SampleReports.matrix()), Files.readString(page));
        assertEquals(Written.tap(SampleReports.matrix()), Files.readString(directory.resolve("report.tap")));
    }

    @Test
    void an_older_run_is_replaced_and_other_files_stay() throws IOException {
        Files.writeString(temporary.resolve("notes.txt"), "mine");
        ReportDirectory.write(SampleReports.green(), temporary);
        ReportDirectory.write(SampleReports.matrix(), temporary);

        assertEquals(Written.json(SampleReports.matrix()), Files.readString(temporary.resolve("report.json")));
        assertEquals("mine", Files.readString(temporary.resolve("notes.txt")));
    }

    @Test
    void a_link_to_a_directory_is_a_directory() throws IOException {
        Path target = Files.createDirectory(temporary.resolve("target"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), target);

        ReportDirectory.prepare(link);
        ReportDirectory.write(SampleReports.green(), link);

        assertEquals(4, names(target).size());
    }

    @Test
    void hostile_texts_can_be_encoded() throws IOException {
        ReportDirectory.write(SampleReports.hostile(), temporary);
        assertEquals(4, names(temporary).size());
    }

    @Test
    void preparing_makes_the_directory_and_leaves_nothing_in_it() throws IOException {
        ReportDirectory.prepare(temporary.resolve("a/b"));
        assertEquals(List.of(), names(temporary.resolve("a/b")));
    }

    @Test
    void a_file_in_its_place_is_named() throws IOException {
        Path file = Files.writeString(temporary.resolve("out"), "mine");

        var failure = assertThrows(UnwritableReportException.class, () -> ReportDirectory.prepare(file));
        var below = assertThrows(
                UnwritableReportException.class,
                () -> ReportDirectory.write(SampleReports.green(), file.resolve("deeper")));

        assertEquals("Tried to write the reports to '" + file + "', but that is a file.", failure.getMessage());
        assertEquals("Name a directory that can be written to.", failure.hint().orElseThrow());
        assertTrue(below.getMessage().endsWith("but '" + file + "' is a file."), below.getMessage());
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void a_place_where_nothing_can_be_made_is_an_error_before_the_run() {
        var failure = assertThrows(
                UnwritableReportException.class, () -> ReportDirectory.prepare(Path.of("/proc/racker-report")));
        assertTrue(failure.getMessage().startsWith("Tried to write the reports to '/proc/racker-report', but "));
    }

    @Test
    void a_file_that_cannot_be_replaced_leaves_no_temporary_ones() throws IOException {
        Files.createDirectories(temporary.resolve("index.html/in-the-way"));

        assertThrows(UnwritableReportException.class, () -> ReportDirectory.write(SampleReports.green(), temporary));

        assertTrue(
                names(temporary).stream().noneMatch(name -> name.startsWith(".")),
                names(temporary).toString());
    }

    @Test
    void the_reason_is_told_in_words() {
        var full = ReportDirectory.failure(temporary, new IOException("No space left on device"));
        var denied = ReportDirectory.failure(
                temporary,
                new AccessDeniedException(temporary.resolve(".junit.xml.1").toString()));
        var readOnly = ReportDirectory.failure(temporary, new FileSystemException("x", null, "Read-only file system"));

        assertTrue(full.getMessage().endsWith("but No space left on device."), full.getMessage());
        assertEquals(
                "Free some space there, or name another directory.", full.hint().orElseThrow());
        assertTrue(denied.getMessage().endsWith("but permission was denied for '" + temporary + "'."));
        assertTrue(readOnly.getMessage().endsWith("but Read-only file system."), readOnly.getMessage());
    }
}
