package dev.racker.harness.probe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users write, and what they are told when it is wrong. */
class ParsingTest {

    private static final HttpExpectation ANY = HttpExpectation.success();

    private static void assertRefused(String text, Function<String, ?> parser, String reason, String hint) {
        InvalidProbeException refusal = assertThrows(InvalidProbeException.class, () -> parser.apply(text));

        assertTrue(refusal.getMessage().contains("\"" + text + "\""), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
        assertTrue(refusal.hint().orElse("").contains(hint), refusal.hint().toString());
    }

    // Units

    @ParameterizedTest
    @CsvSource({
        "nginx, nginx.service",
        "nginx.service, nginx.service",
        "php8.2-fpm=active, php8.2-fpm.service",
        "getty@tty1=running, getty@tty1.service",
        "getty@=enabled, getty@.service",
        "fstrim.timer=waiting, fstrim.timer",
        "-.mount=mounted, -.mount",
        "dev-disk-by\\x2duuid-1.swap, dev-disk-by\\x2duuid-1.swap",
    })
    void units_are_completed_as_systemctl_does(String text, String unit) {
        assertEquals(unit, UnitProbe.parse(text).subject());
        assertEquals("unit", UnitProbe.parse(text).kind());
    }

    @ParameterizedTest
    @CsvSource({
        "'', names no unit, NAME=STATE",
        "=active, names no unit, NAME=STATE",
        "my unit, cannot be the name, NAME=STATE",
        "nginx=aktive, '\"aktive\" is no state', Did you mean active",
        "nginx=, '\"\" is no state', active",
        "nginx=up, '\"up\" is no state', active",
        "getty@=active, is a template, getty@1.service",
        "@x, cannot be the name, NAME=STATE",
    })
    void other_units_are_refused(String text, String reason, String hint) {
        assertRefused(text, UnitProbe::parse, reason, hint);
    }

    @Test
    void a_name_that_is_too_long_is_refused() {
        assertRefused("x".repeat(248), UnitProbe::parse, "cannot be the name", "NAME=STATE");
        UnitProbe.parse("x".repeat(247));
    }

    @Test
    void which_units_are_expected_to_be_up_is_told() {
        assertTrue(UnitProbe.parse("a").expectsUp());
        assertTrue(UnitProbe.parse("a=running").expectsUp());
        assertFalse(UnitProbe.parse("a=failed").expectsUp());
        assertFalse(UnitProbe.parse("a=enabled").expectsUp());
    }

    // Addresses

    @ParameterizedTest
    @CsvSource({
        "tcp://localhost:22, tcp",
        "TCP://localhost:22, tcp",
        "tcp://[::1]:22, tcp",
        "udp://127.0.0.1:53, udp",
        "http://localhost, http",
        "http://localhost:8080/a?b=c, http",
        "https://[::1]:8443/, http",
    })
    void addresses_are_read(String text, String kind) {
        Probe probe = NetworkProbes.parse(text, ANY);

        assertEquals(kind, probe.kind());
        assertEquals(text, probe.subject());
    }

    @ParameterizedTest
    @CsvSource({
        "'', does not begin with a scheme, tcp://HOST:PORT",
        "localhost:80, does not begin with a scheme, tcp://HOST:PORT",
        "://x, does not begin with a scheme, tcp://HOST:PORT",
        "htp://localhost, 'the scheme \"htp\" is not known', Did you mean http",
        "gopher://localhost:70, 'the scheme \"gopher\" is not known', 'tcp, udp, http, https'",
        "tcp://localhost, names no port, tcp://localhost:8080",
        "tcp://:80, names no host, tcp://localhost:8080",
        "udp://localhost:0, 0 is no port, from 1 to 65535",
        "http://localhost:70000, 70000 is no port, from 1 to 65535",
        "http://localhost:x/, '\"localhost:x\" is no host and port', http://localhost:8080",
        "http://, that is no address, http://localhost:8080",
        "http:///x, names no host, http://localhost:8080",
        "tcp://localhost:80/path, only a host and a port, tcp://localhost:8080",
        "http://localhost/a b, that is no address, http://localhost:8080",
    })
    void other_addresses_are_refused(String text, String reason, String hint) {
        assertRefused(text, it -> NetworkProbes.parse(it, ANY), reason, hint);
    }

    @Test
    void okhttp_is_only_needed_by_what_asks_a_web_server() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(HttpExchange.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("okhttp3..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.racker.harness.probe"));
    }

    @Test
    void an_address_shows_its_port() {
        assertEquals("localhost:80", Endpoint.parse("http://localhost", 80).toString());
        assertEquals("[::1]:80", Endpoint.parse("http://[::1]", 80).toString());
    }

    // Patterns

    @Test
    void patterns_are_words_or_expressions() {
        assertTrue(TextPattern.parse("a.c").isIn("xa.cx"));
        assertFalse(TextPattern.parse("a.c").isIn("abc"));
        assertTrue(TextPattern.parse("/^a.c$/").isIn("x\nabc\ny"));
        assertTrue(TextPattern.parse("/usr").isIn("in /usr/bin"));
        assertTrue(TextPattern.parse("/").isIn("a/b"));
        assertEquals("/^a.c$/", TextPattern.parse("/^a.c$/").toString());
        assertEquals("abc", TextPattern.parse("/b/").lineIn("x\nabc\ny"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', it is empty, /.../",
        "//, the regular expression is empty, between the slashes",
        "/a(/, 'no regular expression: Unclosed group', Leave out the slashes",
        "/[/, no regular expression, Leave out the slashes",
    })
    void other_patterns_are_refused(String text, String reason, String hint) {
        assertRefused(text, TextPattern::parse, reason, hint);
    }

    @Test
    void headers_are_a_name_and_perhaps_a_pattern() {
        assertEquals("Server", HttpExpectation.Header.parse("Server").toString());
        assertEquals(
                "Server: /nginx/",
                HttpExpectation.Header.parse("Server:/nginx/").toString());
        assertRefused(": x", HttpExpectation.Header::parse, "names no header", "NAME: PATTERN");
        assertRefused("a b: x", HttpExpectation.Header::parse, "names no header", "NAME: PATTERN");
        assertThrows(InvalidProbeException.class, () -> new HttpExpectation(99, null, List.of(), true, false));
    }

    @Test
    void the_status_of_a_redirect_is_not_followed_away() {
        assertFalse(new HttpExpectation(301, null, List.of(), true, false).follows());
        assertTrue(new HttpExpectation(200, null, List.of(), true, false).follows());
        assertTrue(ANY.accepts(204));
        assertFalse(ANY.accepts(304));
    }

    // Files

    @ParameterizedTest
    @CsvSource({
        "'', names no file, PATH=WHAT",
        "etc/passwd, no absolute path, PATH=WHAT",
        "/x=presnt, '\"presnt\" is nothing that a file can be', Did you mean present",
        "/x=0888, '\"0888\" is nothing', a mode such as 0644",
        "/x=a:b:c, '\"a:b:c\" is nothing', USER:GROUP",
        "/x=:, '\":\" is nothing', USER:GROUP",
        "/x=, '\"\" is nothing', present",
        "'/x=file,', '\"\" is nothing', present",
        "'/x=absent,file', what is absent can have nothing else, Leave out the rest",
    })
    void other_files_are_refused(String text, String reason, String hint) {
        assertRefused(text, FileProbe::parse, reason, hint);
    }

    @Test
    void what_a_file_must_hold_may_have_commas_and_equals_signs() {
        assertEquals("/etc/x", FileProbe.parse("/etc/x=file,contains:a=1,b").subject());
        assertThrows(InvalidProbeException.class, () -> FileProbe.parse("/etc/x=contains:"));
    }

    @ParameterizedTest
    @CsvSource({
        "'644 root adm 0 4 regular file', file 644 root:adm",
        "'777 root root 0 0 symbolic link', symlink 777 root:root",
        "'1777 root root 0 0 directory', directory 1777 root:root",
        "'644 UNKNOWN UNKNOWN 12 13 regular empty file', file 644 UNKNOWN:UNKNOWN",
    })
    void what_stat_prints_is_read(String line, String text) {
        assertEquals(text, FileStatus.parse(line).text());
    }

    // The others

    @ParameterizedTest
    @CsvSource({
        "'', journal",
        "nginx:, nginx.service",
        "nginx.service:started, nginx.service",
        "nginx:/started/, nginx.service",
        "nginx:!started, nginx.service",
        "nginx: started, journal",
        "/a:b/, journal",
        "error:x, journal",
    })
    void a_unit_before_the_colon_is_told_from_text(String text, String subject) {
        assertEquals(subject, JournalProbe.parse(text).subject());
    }

    @Test
    void other_journal_checks_are_refused() {
        assertRefused("!", JournalProbe::parse, "nothing follows", "!TEXT");
        assertThrows(InvalidProbeException.class, () -> JournalProbe.parse("/(/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=1", "a=", "a b"})
    void other_packages_are_refused(String text) {
        assertRefused(text, it -> PackageProbe.parse(it, (machine, name) -> Optional.empty()), ", but ", "NAME=");
    }

    @Test
    void other_commands_are_refused() {
        assertRefused("  ", CommandProbe::of, "there is no command", "a line for the shell");
        assertThrows(
                InvalidProbeException.class, () -> new CommandProbe("true", 256, null, null, Duration.ofSeconds(1)));
    }
}
