package dev.racker.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each document, without a program that understands its format. */
class DocumentsTest {

    private static final int WIDEST = 125;
    private static final Pattern LINK = Pattern.compile("<([^<>`\\s]+)>`_");
    private static final Pattern PROJECT_FILE =
            Pattern.compile("``((?:doc|test-host|benchmarks|packaging|\\.ci)/[\\w./-]+)``");

    static List<Document> documents() {
        return Document.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void links_lead_to_files_of_the_project(Document document) {
        List<String> missing = new ArrayList<>();
        Matcher link = LINK.matcher(document.text());
        while (link.find()) {
            String target = link.group(1);
            boolean outside = target.contains("://");
            if (!outside && !Files.exists(document.file().resolveSibling(target))) {
                missing.add(target);
            }
        }

        assertEquals(List.of(), missing);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void files_of_the_project_that_are_named_exist(Document document) {
        List<String> missing = new ArrayList<>();
        Matcher file = PROJECT_FILE.matcher(document.text());
        while (file.find()) {
            if (!Files.exists(Document.PROJECT.resolve(file.group(1)))) {
                missing.add(file.group(1));
            }
        }

        assertEquals(List.of(), missing);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void lines_fit_a_screen_and_end_where_they_end(Document document) {
        List<String> bad = document.lines().stream()
                .filter(line -> isTooLong(line) || line.endsWith(" ") || line.indexOf('\t') >= 0)
                .toList();

        assertEquals(List.of(), bad);
    }

    /** What is indented may be output of a program, which is as long as it is. */
    private static boolean isTooLong(String line) {
        return line.length() > WIDEST && !line.startsWith("    ");
    }

    @Test
    void the_exit_statuses_that_are_shown_for_postroj_are_those_of_the_verdicts() {
        Matcher shown = Pattern.compile(
                        "    (PASS|FAIL|ERROR)  \\d+ cells?: .*\n(?:    Report: .*\n)?    \\$ echo \\$\\?\n    (\\d+)\n")
                .matcher(Document.read("doc/postroj.rst").text() + "\n");
        List<String> statuses = new ArrayList<>();
        while (shown.find()) {
            statuses.add(shown.group(1) + " " + shown.group(2));
        }

        assertEquals(List.of("PASS 0", "FAIL 1", "FAIL 1", "PASS 0"), statuses);
    }

    @Test
    void the_readme_opens_with_the_two_commands_that_set_everything_up() {
        String readme = Document.read("README.rst").text();
        int run = readme.indexOf("sudo ./install.sh && sudo racker run --rm debian:bookworm-slim hostnamectl\n");
        int verify = readme.indexOf("sudo ./install.sh --with-tests && sudo mvn -B verify\n");
        int secondHeading = readme.indexOf("\n---", 0);

        assertTrue(0 < run && run < verify && verify < secondHeading, "they come before the first section");
    }
}
