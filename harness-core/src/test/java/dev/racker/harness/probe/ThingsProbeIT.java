package dev.racker.harness.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Container;
import dev.racker.harness.TestImage;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, commands, journal, packages and failed units of a booted Debian. */
@ExtendWith(TestImage.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThingsProbeIT {

    private static final Map<String, String> FILES = Map.of(
            "srv/text", "first line\nsecond line\n",
            "srv/link", "-> text",
            "srv/nowhere", "-> /no/such/file",
            "srv/secret", "-> /etc/outside",
            "etc/systemd/system/talks.service",
                    "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo hello from talks; echo \"<3>something broke\" >&2'\n",
            "etc/systemd/system/quiet.service", "[Service]\nType=oneshot\nExecStart=/bin/true\n");

    private TestImage image;
    private Container container;
    private Machine machine;
    private ProbeContext context;

    @BeforeAll
    void boot(TestImage shared) {
        image = shared;
        container = image.boot(image.changed("things:1", FILES));
        machine = container.machine();
        machine.run("sh", "-c", "chmod 0640 /srv/text; chown root:adm /srv/text; mkfifo /srv/fifo");
        context = within(1, List.of(), "");
    }

    @AfterAll
    void end() {
        container.close();
        assertEquals(List.of(), image.leftovers());
    }

    private ProbeContext within(int seconds, List<String> packageUnits, String cursor) {
        Duration time = Duration.ofSeconds(seconds);
        return new ProbeContext(machine, time, time, List.of(), packageUnits, cursor, Duration.ZERO);
    }

    private static void assertResult(Verdict verdict, String actual, ProbeResult result) {
        assertEquals(verdict, result.verdict(), result::toString);
        assertTrue(result.actual().contains(actual), result::toString);
    }

    // Files

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/text",
                "/srv/text=present,file,0640,640,root:adm,root:,:adm,0:4,contains:/^second/",
                "/srv/link=symlink,file,contains:first line",
                "/srv/nowhere=present",
                "/srv/nowhere=symlink",
                "/no/such/file=absent",
                "/srv/text/below=absent",
                "/srv=directory,0755",
                "/srv/fifo=fifo",
                "/dev/null=char,0666",
                "/run/systemd/private=socket",
            })
    void files_that_are_as_they_should_be_pass(String text) {
        FileProbe.parse(text)
                .run(context)
                .forEach(result -> assertEquals(Verdict.PASS, result.verdict(), result::toString));
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/text=absent, present",
        "/srv/text=directory, file",
        "/srv/text=symlink, file",
        "/srv/text=0644, 0640",
        "/srv/text=adm:, root:adm",
        "/srv/text=contains:third, nothing like it in 23 bytes",
        "/srv/nowhere=file, absent",
        "/srv/nowhere=contains:x, absent",
        "/no/such/file, absent",
        "/no/such/file=0644, absent",
        "/srv=contains:x, Is a directory",
    })
    void others_fail_with_what_was_seen(String text, String actual) {
        assertResult(Verdict.FAIL, actual, FileProbe.parse(text).run(context).get(0));
    }

    @Test
    void a_link_inside_never_leads_to_a_file_of_the_host() throws Exception {
        Path outside = Files.writeString(Path.of("/etc/outside"), "of the host");
        try {
            assertResult(
                    Verdict.FAIL,
                    "absent",
                    FileProbe.parse("/srv/secret=file").run(context).get(0));
        } finally {
            Files.delete(outside);
        }
    }

    // Commands

    @Test
    void commands_are_judged_by_status_and_what_they_print() {
        List<ProbeResult> results = new CommandProbe(
                        "echo out; echo err >&2; exit 3",
                        3,
                        TextPattern.parse("/^o.t$/"),
                        TextPattern.parse("other"),
                        Duration.ofSeconds(30))
                .run(context);

        assertResult(Verdict.PASS, "3", results.get(0));
        assertResult(Verdict.PASS, "out", results.get(1));
        assertResult(Verdict.FAIL, "err", results.get(2));
        assertEquals("out\nerr", results.get(2).detail());
    }

    @Test
    void a_command_that_fails_is_shown_with_what_it_printed() {
        ProbeResult result =
                CommandProbe.of("no-such-program --version").run(context).get(0);

        assertResult(Verdict.FAIL, "127", result);
        assertTrue(result.detail().contains("no-such-program"), result.detail());
    }

    @Test
    void a_command_that_does_not_end_fails_and_is_stopped() {
        CommandProbe probe = new CommandProbe("echo begun; exec sleep 4711", 0, null, null, Duration.ofSeconds(1));

        assertResult(Verdict.FAIL, "no end within 1 s", probe.run(context).get(0));
        assertEquals(
                1,
                machine.run("sh", "-c", "grep -qz '^4711$' /proc/[0-9]*/cmdline")
                        .status());
    }

    // Journal

    @Test
    void errors_of_a_unit_are_found_since_the_cursor() {
        String begin = cursor();
        machine.tool(List.of("systemctl", "start", "talks", "quiet"), Duration.ofSeconds(10));
        flush();
        String afterwards = cursor();

        List<String> talks = List.of("talks");
        ProbeResult errors = JournalProbe.parse("").run(within(1, talks, begin)).get(0);
        assertResult(Verdict.FAIL, "something broke", errors);
        assertResult(
                Verdict.PASS,
                "none",
                JournalProbe.parse("").run(within(1, List.of("quiet"), begin)).get(0));
        assertResult(
                Verdict.PASS,
                "none",
                JournalProbe.parse("").run(within(1, talks, afterwards)).get(0));
        assertResult(
                Verdict.PASS,
                "none",
                JournalProbe.parse("")
                        .run(within(1, talks, cursor("--priority=err")))
                        .get(0));
        assertResult(
                Verdict.FAIL,
                "something broke",
                JournalProbe.parse("talks:")
                        .run(within(1, List.of("quiet"), begin))
                        .get(0));
    }

    @Test
    void entries_are_looked_for() {
        machine.tool(List.of("systemctl", "start", "talks"), Duration.ofSeconds(10));
        flush();
        ProbeContext talks = within(1, List.of("talks"), "");

        assertResult(
                Verdict.PASS,
                "hello from talks",
                JournalProbe.parse("hello from").run(talks).get(0));
        assertResult(
                Verdict.PASS,
                "hello from talks",
                JournalProbe.parse("talks.service:/^hello/").run(context).get(0));
        assertResult(
                Verdict.FAIL,
                "hello from talks",
                JournalProbe.parse("!/hel+o/").run(talks).get(0));
        assertResult(
                Verdict.PASS,
                "none",
                JournalProbe.parse("quiet:!/hel+o/").run(talks).get(0));
        assertResult(
                Verdict.FAIL,
                "nothing like it",
                JournalProbe.parse("no such words").run(talks).get(0));
    }

    private void flush() {
        machine.tool(List.of("journalctl", "--sync"), Duration.ofSeconds(10));
    }

    private String cursor(String... options) {
        List<String> command =
                new ArrayList<>(List.of("journalctl", "--quiet", "--lines=1", "--show-cursor", "--output=cat"));
        command.addAll(List.of(options));
        String last = machine.tool(command, Duration.ofSeconds(10)).text();
        return last.substring(last.indexOf("-- cursor: ") + "-- cursor: ".length());
    }

    // Packages

    @Test
    void packages_are_compared_by_version() {
        InstalledVersions dpkg = (guest, name) -> {
            String version =
                    guest.run("dpkg-query", "-W", "-f=${Version}", name).text();
            return version.isEmpty() ? Optional.empty() : Optional.of(version);
        };
        String version = dpkg.version(machine, "dash").orElseThrow();

        assertResult(
                Verdict.PASS,
                version,
                PackageProbe.parse("dash", dpkg).run(context).get(0));
        assertResult(
                Verdict.PASS,
                version,
                PackageProbe.parse("dash=" + version, dpkg).run(context).get(0));
        assertResult(
                Verdict.FAIL,
                version,
                PackageProbe.parse("dash=1", dpkg).run(context).get(0));
        assertResult(
                Verdict.FAIL,
                version,
                PackageProbe.parse("dash=absent", dpkg).run(context).get(0));
        assertResult(
                Verdict.FAIL,
                "not installed",
                PackageProbe.parse("nginx", dpkg).run(context).get(0));
        assertResult(
                Verdict.PASS,
                "not installed",
                PackageProbe.parse("nginx=absent", dpkg).run(context).get(0));
    }

    @Test
    void a_package_manager_that_cannot_tell_is_an_error() {
        InstalledVersions broken = (guest, name) -> {
            throw new HarnessException("Tried to ask, but the database is locked.", null);
        };

        assertResult(
                Verdict.ERROR,
                "database is locked",
                PackageProbe.parse("nginx", broken).run(context).get(0));
    }

    // Failed units

    @Test
    void a_machine_without_failed_units_passes() {
        assertResult(Verdict.PASS, "none", new FailedUnitsProbe().run(context).get(0));
    }
}
