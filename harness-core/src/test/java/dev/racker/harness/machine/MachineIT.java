package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.TestImage;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One booted Debian, and everything that can be done with it. */
@ExtendWith(TestImage.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MachineIT {

    private static final boolean MACHINED =
            System.getProperty("racker.test.plane", "direct").equals("machined");
    private static final Duration SOON = Duration.ofSeconds(30);

    private TestImage image;
    private Container container;
    private Machine machine;

    @BeforeAll
    void boot(TestImage shared) {
        image = shared;
        container = image.boot(image.debian());
        machine = container.machine();
    }

    @AfterAll
    void end() {
        container.close();
        assertEquals(List.of(), image.leftovers());
    }

    // Identity

    @Test
    void the_guests_systemd_is_running() {
        CommandResult state = machine.run("systemctl", "is-system-running", "--wait");

        assertEquals(
                "running",
                state.text(),
                () -> machine.run("systemctl", "--failed", "--no-legend").text());
    }

    @Test
    void the_guest_knows_who_it_is() {
        assertTrue(machine.name().matches("postroj-debian-bookworm-[0-9a-f]{4}"), machine.name());
        assertEquals(machine.name(), machine.run("hostname").text());
        assertEquals(machine.name(), machine.run("cat", "/etc/hostname").text());
        assertTrue(machine.run("cat", "/etc/hosts").text().endsWith("\t" + machine.name()));
        String id = machine.run("cat", "/etc/machine-id").text();
        assertTrue(id.matches("[0-9a-f]{32}"), id);
        assertTrue(id.startsWith(container.record().shortId()), id);
    }

    @Test
    void root_inside_is_nobody_outside() {
        String map = machine.run("cat", "/proc/self/uid_map").text();

        assertEquals(List.of("0", "524288", "65536"), List.of(map.strip().split(" +")));
        assertEquals("0 0", machine.run("stat", "-c", "%u %g", "/").text());
    }

    @Test
    void a_payload_is_a_service_with_a_cgroup_of_its_own() {
        String cgroup = machine.run("cat", "/proc/self/cgroup").text();

        assertTrue(cgroup.contains("/system.slice/racker-payload-"), cgroup);
        assertFalse(cgroup.contains(container.record().shortId()), "the guest sees only its own cgroups: " + cgroup);
    }

    @Test
    void nothing_of_it_is_mounted_on_the_host() throws Exception {
        String mounts = Files.readString(Path.of("/proc/self/mountinfo"));

        assertFalse(mounts.contains(container.record().shortId()), mounts);
    }

    // Streams

    @Test
    void standard_output_and_standard_error_stay_apart() {
        CommandResult result = machine.run("sh", "-c", "echo out; echo error >&2");

        assertEquals("out", result.text());
        assertEquals("error", result.errorText());
    }

    @Test
    void every_byte_passes_unchanged_in_both_directions() {
        byte[] bytes = new byte[256 * 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        CommandResult result = machine.run(Payload.of("tee", "/dev/stderr").stdin(Input.of(bytes)));

        assertArrayEquals(bytes, result.stdout());
        assertArrayEquals(bytes, result.stderr());
    }

    @Test
    void five_megabytes_pass_in_both_directions() {
        byte[] bytes = new byte[5 << 20];
        new Random(5).nextBytes(bytes);

        CommandResult result = machine.run(Payload.of("cat").stdin(Input.of(bytes)));

        assertEquals(0, result.status());
        assertArrayEquals(bytes, result.stdout());
    }

    @Test
    void without_input_a_payload_reads_the_end() {
        assertEquals("", machine.run("cat").text());
    }

    @Test
    void piped_streams_are_a_conversation() throws Exception {
        Payload cat = Payload.of("cat").stdin(Input.pipe()).stdout(Output.pipe());
        try (RunningPayload running = machine.start(cat)) {
            BufferedReader answers = running.stdoutReader();
            for (String line : List.of("one", "two")) {
                running.stdin().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                running.stdin().flush();
                assertEquals(line, answers.readLine());
            }
            running.stdin().close();
            assertEquals(null, answers.readLine());
            assertEquals(0, running.await().status());
        }
    }

    // Exit statuses

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 125, 126, 127, 200, 203, 216, 255})
    void the_status_is_the_payloads(int status) {
        assertEquals(status, machine.run("sh", "-c", "exit " + status).status());
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "KILL, 137", "INT, 130", "HUP, 129", "QUIT, 131", "USR1, 138", "SEGV, 139"})
    void death_by_signal_n_is_status_128_plus_n(String signal, int status) {
        assertEquals(status, machine.run("sh", "-c", "kill -" + signal + " $$").status());
    }

    @Test
    void a_program_that_is_not_there_is_status_127() {
        for (String program : List.of("no-such-program", "/no/such/program")) {
            CommandResult result = machine.run(program);

            assertEquals(127, result.status());
            assertTrue(result.errorText().contains("'" + program + "'"), result.errorText());
        }
    }

    @Test
    void a_program_that_cannot_be_executed_is_status_126() {
        for (String program : List.of("/etc/passwd", "/etc")) {
            CommandResult result = machine.run(program);

            assertEquals(126, result.status());
            assertTrue(result.errorText().contains("'" + program + "'"), result.errorText());
        }
    }

    @Test
    void a_shells_own_words_are_programs_or_nothing() {
        assertEquals(0, machine.run("true").status());
        assertEquals("-n x", machine.run("printf", "%s %s", "-n", "x").text());
        assertEquals(0, machine.run("[", "a", "=", "a", "]").status());
        for (String word : List.of("exit", "exec", "if", "cd", ":")) {
            assertEquals(127, machine.run(word, "7").status(), word);
        }
    }

    @Test
    void a_payload_can_be_sent_a_signal_and_be_stopped() throws Exception {
        Payload trap = Payload.of("sh", "-c", "trap 'echo heard; exit 9' USR1; echo ready; sleep 600 & wait")
                .stdout(Output.pipe());
        try (RunningPayload running = machine.start(trap)) {
            BufferedReader out = running.stdoutReader();
            assertEquals("ready", out.readLine());
            running.signal("USR1");
            assertEquals("heard", out.readLine());
            out.transferTo(java.io.Writer.nullWriter());
            assertEquals(9, running.await().status());
        }
        Payload sleeps = Payload.of("sh", "-c", "echo ready; exec sleep 600").stdout(Output.pipe());
        try (RunningPayload running = machine.start(sleeps)) {
            BufferedReader out = running.stdoutReader();
            assertEquals("ready", out.readLine());
            running.stop();
            assertEquals(null, out.readLine());
            assertEquals(143, running.await().status());
        }
    }

    @Test
    void a_payload_that_passes_its_deadline_is_stopped() {
        Payload slow = Payload.of("sh", "-c", "trap '' HUP; echo started; exec sleep 611")
                .timeout(Duration.ofSeconds(1));

        CommandException failure = assertThrows(CommandException.class, () -> machine.run(slow));

        assertEquals(CommandException.Reason.TIMEOUT, failure.reason());
        assertNotEquals(
                0,
                machine.run("sh", "-c", "grep -l sleep.61[1] /proc/[0-9]*/cmdline")
                        .status());
    }

    // User, directory, environment, arguments

    @ParameterizedTest
    @CsvSource({
        "'', '', 0 0 0",
        "root, '', 0 0 0",
        "0, '', 0 0 0",
        "nobody, '', 65534 65534 65534",
        "www-data, '', 33 33 33",
        "33, '', 33 33 33",
        "www-data, games, 33 60 60",
        "www-data, 60, 33 60 60",
        "root, games, 0 60 60",
        "'', games, 0 60 60",
        "4711, '', 4711 0 0",
        "4711, 4712, 4711 4712 4712",
        "4711, games, 4711 60 60",
    })
    void a_payload_runs_as_whom_it_is_told(String user, String group, String expected) {
        CommandResult result = machine.run(Payload.of("sh", "-c", "echo $(id -u) $(id -g) $(id -G)")
                .user(user)
                .group(group));

        assertEquals(expected, result.text(), result::errorText);
    }

    @Test
    void a_user_or_group_that_is_not_there_is_an_error_of_ours() {
        for (Payload payload : List.of(
                Payload.of("true").user("no-such-one"),
                Payload.of("true").user("root").group("no-such-one"),
                Payload.of("true").user("4711").group("no-such-one"),
                Payload.of("true").user("-x"))) {
            HarnessException failure = assertThrows(HarnessException.class, () -> machine.run(payload));

            assertTrue(
                    failure.getMessage().contains("\"no-such-one\"")
                            || failure.getMessage().contains("\"-x\""),
                    failure.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/srv",
                "/srv/made/deep",
                "/srv/a b",
                "/srv/50%n",
                "/srv/$HOME",
                "/srv/it's \"q\"",
                "/srv/b\\s",
                "/srv/ü"
            })
    void a_payload_starts_in_its_directory_which_is_made(String directory) {
        assertEquals(directory, machine.run(Payload.of("pwd").in(directory)).text());
        assertEquals(
                directory,
                machine.run(Payload.of("pwd").in(directory).user("nobody")).text());
    }

    @Test
    void variables_pass_unchanged() {
        List<String> variables = List.of(
                "A=two words",
                "B=$HOME ${A} $$",
                "C='single' \"double\"",
                "D=line\nbreak",
                "E=%n%%",
                "F=ü€",
                "G=",
                "H=a=b",
                "I=\\n\\");

        String seen = machine.run(Payload.of(
                                "sh",
                                "-c",
                                "for n in A B C D E F G H I; do eval \"printf '%s=%s|' $n \\\"\\$$n\\\"\"; done")
                        .env(variables))
                .text();

        assertEquals(String.join("|", variables) + "|", seen);
    }

    @Test
    void the_environment_is_the_guests_and_not_the_hosts() {
        String seen = machine.run("env").text();

        assertTrue(seen.contains("PATH=/usr/local/sbin:"), seen);
        assertFalse(seen.contains("NOTIFY_SOCKET"), seen);
    }

    @Test
    void arguments_pass_unchanged() {
        List<String> arguments = List.of(
                "",
                "a b",
                "$HOME",
                "${HOME}",
                "$$",
                "%n %H %%",
                "it's",
                "\"q\"",
                "line\nbreak",
                "ü€😀",
                "\\",
                "*",
                ";",
                "-x",
                "`id`",
                "@",
                "+a",
                "!");
        String[] command = java.util.stream.Stream.concat(java.util.stream.Stream.of("%s\\0"), arguments.stream())
                .toArray(String[]::new);

        CommandResult result = machine.run("printf", command);

        assertEquals(String.join("\0", arguments) + "\0", new String(result.stdout(), StandardCharsets.UTF_8));
    }

    @Test
    void a_program_may_have_any_name() {
        for (String name : List.of("/opt/my program", "/opt/$HOME", "/opt/%n", "/opt/ü\n2")) {
            machine.run("cp", "/usr/bin/true", name);

            assertEquals(0, machine.run(name).status(), name);
        }
    }

    // Files

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "two words", "it's", "a,b;c", "[x]*^$.\\", "&s|a|b|", "-dash", "line\nbreak", "ü€"})
    void a_file_of_any_name_is_copied_in_and_out(String name, @TempDir Path directory) throws Exception {
        Path source = Files.write(directory.resolve(name), new byte[] {0, 1, (byte) 255});
        machine.run("mkdir", "-p", "/srv/copies");

        machine.files().copyIn(source, "/srv/copies");
        machine.files().copyIn(source, "/srv/renamed " + name);
        machine.files().copyOut("/srv/copies/" + name, directory.resolve("back " + name));
        machine.files().copyOut("/srv/renamed " + name, Files.createDirectory(directory.resolve("into")));

        assertArrayEquals(new byte[] {0, 1, (byte) 255}, Files.readAllBytes(directory.resolve("back " + name)));
        assertArrayEquals(new byte[] {0, 1, (byte) 255}, Files.readAllBytes(directory.resolve("into/renamed " + name)));
    }

    @Test
    void a_directory_is_copied_with_its_modes_and_links_and_belongs_to_root(@TempDir Path directory) throws Exception {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Files.createDirectories(tree.resolve("a/tree"));
        Files.writeString(tree.resolve("a/tree/file"), "x");
        Files.setPosixFilePermissions(
                tree.resolve("a/tree/file"), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("tree/../a"));

        machine.files().copyIn(tree, "/srv/grove");
        machine.files().copyOut("/srv/grove/", directory.resolve("back"));

        assertEquals(
                "0 0 750",
                machine.run("stat", "-c", "%u %g %a", "/srv/grove/a/tree/file").text());
        assertEquals("tree/../a", machine.run("readlink", "/srv/grove/link").text());
        assertEquals("x", Files.readString(directory.resolve("back/a/tree/file")));
        assertEquals(Path.of("tree/../a"), Files.readSymbolicLink(directory.resolve("back/link")));
    }

    @Test
    void what_cannot_be_copied_is_told(@TempDir Path directory) throws Exception {
        Path large = Files.write(directory.resolve("large"), new byte[1 << 20]);
        for (Runnable copy : List.<Runnable>of(
                () -> machine.files().copyIn(directory.resolve("missing"), "/srv"),
                () -> machine.files().copyIn(large, "/no/such/place"),
                () -> machine.files().copyIn(large, "/no-such-directory/"),
                () -> machine.files().copyOut("/no/such/file", directory))) {
            HarnessException failure = assertThrows(HarnessException.class, copy::run);

            assertTrue(
                    failure.getMessage().toLowerCase(java.util.Locale.ROOT).contains("no such"), failure.getMessage());
        }
    }

    @Test
    void a_link_inside_leads_to_no_file_of_the_host(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "from outside");
        Path trap = Files.createDirectories(Path.of(directory.toString(), "trap"));
        machine.run("ln", "-s", trap.toString(), "/srv/trap");

        assertThrows(HarnessException.class, () -> machine.files().copyIn(file, "/srv/trap/file"));
        assertFalse(Files.exists(trap.resolve("file")));
    }

    // Readiness and journal

    @Test
    void an_active_unit_is_ready_at_once() {
        machine.readiness().awaitUnit("systemd-journald.service", Duration.ZERO);
    }

    @Test
    void a_unit_is_waited_for() {
        machine.run(
                "systemd-run",
                "--unit=slow-start",
                "--service-type=oneshot",
                "--remain-after-exit",
                "--no-block",
                "sleep",
                "0.5");

        machine.readiness().awaitUnit("slow-start.service", SOON);

        assertEquals(
                "active", machine.run("systemctl", "is-active", "slow-start").text());
    }

    @Test
    void a_unit_that_fails_ends_the_wait_and_its_journal_is_told() {
        // Never active, not even for the moment that a simple service would be.
        machine.run(
                "systemd-run",
                "--unit=fails",
                "--service-type=oneshot",
                "--no-block",
                "sh",
                "-c",
                "echo my last words; exit 3");

        HarnessException failure =
                assertThrows(HarnessException.class, () -> machine.readiness().awaitUnit("fails.service", SOON));

        assertTrue(failure.getMessage().contains("my last words"), failure.getMessage());
        machine.run("systemctl", "reset-failed", "fails.service");
    }

    @Test
    void a_unit_that_is_not_there_ends_the_wait() {
        HarnessException failure =
                assertThrows(HarnessException.class, () -> machine.readiness().awaitUnit("no-such.service", SOON));

        assertTrue(failure.getMessage().contains("no-such.service"), failure.getMessage());
    }

    @Test
    void a_unit_that_is_inactive_is_told_at_the_deadline() {
        HarnessException failure = assertThrows(
                HarnessException.class, () -> machine.readiness().awaitUnit("rescue.service", Duration.ofMillis(200)));

        assertTrue(failure.getMessage().contains("rescue.service"), failure.getMessage());
    }

    @Test
    void a_port_is_waited_for() {
        machine.run(
                "sh",
                "-c",
                "echo '[Socket]\nListenStream=127.0.0.1:4321' >/run/systemd/system/port.socket;"
                        + "echo '[Service]\nExecStart=/bin/true' >/run/systemd/system/port.service; systemctl daemon-reload");
        HarnessException failure =
                assertThrows(HarnessException.class, () -> machine.readiness().awaitPort(4321, Duration.ofMillis(100)));
        assertTrue(failure.getMessage().contains("port 4321"), failure.getMessage());

        machine.run("systemctl", "start", "port.socket");
        machine.readiness().awaitPort(4321, SOON);
    }

    @Test
    void the_journal_is_read_as_a_whole_and_for_a_unit() {
        machine.run("systemd-run", "--wait", "--unit=talks", "echo", "hello journal");
        machine.run("journalctl", "--sync");

        assertTrue(machine.journal().tail("talks.service", 10).contains("hello journal"));
        assertTrue(machine.journal().tail(200).contains("hello journal"));
        assertEquals(2, machine.journal().tail(2).split("\n").length);
    }

    @Test
    void what_is_bound_is_seen_with_the_hosts_owners(@TempDir Path directory) throws Exception {
        Path odd = Files.createDirectory(directory.resolve("a:b\\c d"));
        Files.writeString(odd.resolve("file"), "bound");
        ContainerOptions options = ContainerOptions.defaults()
                .on(NetworkMode.NONE)
                .with(List.of(new Bind(odd, "/mnt/x:y", false), new Bind(odd, "/mnt/read only", true)));
        try (Container bound = image.boot(image.debian(), options)) {
            assertEquals("bound", bound.machine().run("cat", "/mnt/x:y/file").text());
            assertEquals(
                    "0 0",
                    bound.machine().run("stat", "-c", "%u %g", "/mnt/x:y/file").text());
            assertEquals(0, bound.machine().run("touch", "/mnt/x:y/new").status());
            assertEquals(0, Files.getAttribute(odd.resolve("new"), "unix:uid"));
            assertNotEquals(
                    0, bound.machine().run("touch", "/mnt/read only/new2").status());
        }
    }

    @Test
    void the_planes_name_for_it_is_known_to_machined_only() {
        String status = machine.runner()
                .run(dev.racker.harness.process.Command.of("machinectl", "show", machine.name())
                        .expectAny())
                .text();

        assertEquals(MACHINED, status.contains("Leader=" + machine.leader()), status);
    }
}
