package dev.racker.harness.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathGlobTest {

    @ParameterizedTest
    @CsvSource({
        "/var/www, /var/www",
        "/var/www, /var/www/html/index.html",
        "/var/www/, /var/www/html",
        "/var/*/html, /var/www/html",
        "/etc/foo*.conf, /etc/foo-1.conf",
        "/etc/*, /etc/foo/bar",
        "/etc/fo?, /etc/foo",
        "/etc/a*b*c, /etc/axxbyybzc",
        "/etc/**/foo, /etc/foo",
        "/etc/**/foo, /etc/a/b/foo/c",
        "/etc/**, /etc/a/b",
        "**/*.pyc, /usr/lib/x/y.pyc",
        "/**/__pycache__, /usr/lib/x/__pycache__/y",
        "/var/log/[x, /var/log/[x",
    })
    void matches_a_path_and_everything_below_it(String glob, String path) {
        assertTrue(PathGlob.parse(glob).matches(path));
    }

    @ParameterizedTest
    @CsvSource({
        "/var/www, /var/www2",
        "/var/www, /var",
        "/var/www/*, /var/www",
        "/var/*/html, /var/a/b/html",
        "/etc/fo?, /etc/fo",
        "/etc/**/foo, /etc/a/food",
        "user:mysql, /mysql",
        "/mysql, /var/mysql",
    })
    void matches_nothing_else(String glob, String path) {
        assertFalse(PathGlob.parse(glob).matches(path));
    }

    @Test
    void matches_accounts_of_its_kind() {
        assertTrue(PathGlob.parse("user:my*").matchesAccount(LeftoverKind.USER, "mysql"));
        assertFalse(PathGlob.parse("user:my*").matchesAccount(LeftoverKind.GROUP, "mysql"));
        assertFalse(PathGlob.parse("/mysql").matchesAccount(LeftoverKind.USER, "mysql"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "var/www", "user:", "/", "//", "*", "**", "C:\\x"})
    void refuses_what_is_no_pattern_of_paths_and_quotes_it(String text) {
        InvalidGlobException failure = assertThrows(InvalidGlobException.class, () -> PathGlob.parse(text));

        assertTrue(failure.getMessage().contains("\"" + text + "\""), failure.getMessage());
        assertTrue(failure.hint().orElseThrow().contains("user:NAME"));
    }

    @Test
    void its_text_is_what_was_parsed() {
        assertEquals("/etc/**/foo", PathGlob.parse("/etc/**/foo").toString());
        assertEquals(PathGlob.parse("/etc"), PathGlob.parse("/etc"));
    }
}
