package dev.racker.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the package table of {@code doc/architecture.rst} against the one that is held against the code. */
class ArchitecturePageTest {

    /** A row of the list table: the package, what it does, what it imports. */
    private static final Pattern PAGE_ROW =
            Pattern.compile("(?m)^ {3}\\* - ``(\\w+)``\\n {5}- (?:.*\\n {7})*.*\\n {5}-(.*)$");

    private static final Pattern TEST_ROW = Pattern.compile("row\\(\"(\\w+)\"((?:, \"\\w+\")*)\\)");
    private static final Pattern NAME = Pattern.compile("\\w+");

    @Test
    void the_page_and_the_test_have_the_same_package_table() {
        String page = Document.read("doc/architecture.rst").text();
        String test = Document.read("harness-core/src/test/java/dev/racker/harness/ArchitectureTest.java")
                .text();
        Map<String, Set<String>> expected = rows(TEST_ROW, test);

        assertFalse(expected.isEmpty());
        assertEquals(expected, rows(PAGE_ROW, page));
    }

    private static Map<String, Set<String>> rows(Pattern row, String text) {
        Map<String, Set<String>> rows = new TreeMap<>();
        Matcher matcher = row.matcher(text);
        while (matcher.find()) {
            Set<String> imports = new TreeSet<>();
            Matcher name = NAME.matcher(matcher.group(2));
            while (name.find()) {
                imports.add(name.group());
            }
            rows.put(matcher.group(1), imports);
        }
        return rows;
    }
}
