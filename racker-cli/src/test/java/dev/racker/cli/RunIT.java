package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code racker run} of a real Debian that is booted. */
class RunIT extends BootedCase {

    RunIT(TestRacker racker) throws Exception {
        super(racker);
    }

    @Test
    void an_image_for_another_platform_is_not_taken_for_the_one_that_was_asked_for() throws Exception {
        Result result = run("--pull=never", "--platform=linux/s390x", "IMG", "true");

        assertEquals(125, result.status());
        assertTrue(result.err().contains(" for linux/s390x, but the one in the store is for linux/"), result::toString);
    }

    @Test
    void the_machine_is_booted_by_its_own_init() throws Exception {
        assertEquals(
                "systemd\nrunning\n",
                run("IMG", "sh", "-c", "cat /proc/1/comm; systemctl is-system-running")
                        .ok());
    }

    @Test
    void output_and_errors_are_separate() throws Exception {
        Result result = run("IMG", "sh", "-c", "echo out; echo err >&2; exit 7");

        assertEquals("out\n", result.out());
        assertEquals("err\n", result.err());
        assertEquals(7, result.status());
    }

    @Test
    void streams_are_binary_safe() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);

        Result result = run(bytes, "-i", "IMG", "cat");

        assertEquals(0, result.status(), result.err());
        assertArrayEquals(bytes, result.bytes());
    }

    @Test
    void with_a_terminal_asked_for_but_none_there_it_is_a_pipe() throws Exception {
        assertEquals(
                "hello\n",
                run("hello\n".getBytes(StandardCharsets.UTF_8), "-it", "IMG", "cat", "/dev/stdin")
                        .ok());
    }

    @Test
    void without_interactive_standard_input_is_empty() throws Exception {
        assertEquals(
                "",
                run("hello\n".getBytes(StandardCharsets.UTF_8), "IMG", "cat").ok());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true                     | 0",
                "false                    | 1",
                "sh -c 'exit 254'         | 254",
                "sh -c 'kill -TERM $$'    | 143",
                "sh -c 'kill -KILL $$'    | 137",
                "/etc/passwd              | 126",
                "/etc                     | 126",
                "no-such-command          | 127",
                "/no/such/file            | 127",
            })
    void the_exit_status_is_the_payloads_as_docker_gives_it(String command, int status) throws Exception {
        // What quotes stand for is one argument.
        List<String> line = new ArrayList<>(List.of("IMG"));
        int quote = command.indexOf('\'');
        line.addAll(List.of(
                (quote < 0 ? command : command.substring(0, quote)).strip().split(" ")));
        if (quote >= 0) {
            line.add(command.substring(quote + 1, command.length() - 1));
        }

        Result result = run(line.toArray(String[]::new));

        assertEquals(status, result.status(), result.err());
        assertEquals(status == 126 || status == 127, result.err().contains("racker: cannot "), result.err());
    }

    @Test
    void arguments_arrive_as_they_are() throws Exception {
        String odd = "a b'\"\\ $HOME ${x} %h %% `id` \n*;&";

        assertEquals(
                odd + "|--version|",
                run("IMG", "printf", "%s|", odd, "--version").ok());
    }

    @Test
    void an_entrypoint_goes_before_the_arguments() throws Exception {
        assertEquals("--rm x\n", run("--entrypoint", "echo", "IMG", "--rm", "x").ok());
    }

    @Test
    void the_containers_id_is_written_to_a_new_file_only() throws Exception {
        Path file = racker.files().resolve("cid");

        String machineId = run("--cidfile", file.toString(), "IMG", "cat", "/etc/machine-id")
                .ok();

        String id = Files.readString(file);
        assertTrue(id.matches("[0-9a-f]{64}"), id);
        assertTrue(machineId.startsWith(id.substring(0, 12)), machineId);
        Result again = run("--cidfile", file.toString(), "IMG", "true");
        assertEquals(125, again.status());
        assertTrue(again.err().contains(file.toString()), again.err());
    }

    @Test
    void a_name_can_be_used_once_at_a_time() throws Exception {
        Process first = racker.start(
                "run", "--rm", "-i", "--network=none", "--name", "only", image, "sh", "-c", "echo up; cat");
        first.inputReader().readLine();
        try {
            Result second = run("--name", "only", "IMG", "true");
            assertEquals(125, second.status());
            assertTrue(second.err().contains("only"), second.err());
            assertTrue(racker.run("ps").ok().contains(" only\n"));
        } finally {
            assertEquals(
                    0,
                    TestRacker.finish(first, java.io.InputStream.nullInputStream())
                            .status());
        }
        assertEquals("only\n", run("--name", "only", "IMG", "hostname").ok());
    }

    @Test
    void an_image_that_is_not_there_may_be_forbidden_to_be_pulled() throws Exception {
        Result result = racker.run("run", "--rm", "--pull", "never", "nowhere.invalid/no/image:1", "true");

        assertEquals(125, result.status());
        assertEquals(
                "racker: Tried to use nowhere.invalid/no/image:1, but it is not in the store and may not be pulled.\n"
                        + "Pull it first: racker pull nowhere.invalid/no/image:1\n",
                result.err());
    }

    @Test
    void a_boot_that_takes_too_long_is_reported() throws Exception {
        Path unit = Files.writeString(
                racker.files().resolve("slow.service"), "[Service]\nType=oneshot\nExecStart=sleep 100\n");
        Path wants = Files.writeString(
                racker.files().resolve("wants.conf"), "[Unit]\nRequires=slow.service\nAfter=slow.service\n");

        Result result = run(
                "--boot-timeout=3",
                "-v",
                unit + ":/etc/systemd/system/slow.service:ro",
                "-v",
                wants + ":/etc/systemd/system/multi-user.target.d/wants.conf:ro",
                "IMG",
                "true");

        assertEquals(125, result.status());
        assertTrue(result.err().contains("but it was not ready after 3 s."), result.err());
        assertTrue(result.err().contains("Jobs still waiting:"), result.err());
        assertTrue(result.err().contains("slow.service"), result.err());
        String last = result.err().strip().substring(result.err().strip().lastIndexOf('\n') + 1);
        assertTrue(last.startsWith("The whole boot console is in "), last);
        Path log = Path.of(last.substring("The whole boot console is in ".length(), last.length() - 1));
        assertTrue(Files.size(log) > 0, log.toString());
    }

    @Test
    void quiet_says_nothing_and_debug_shows_what_is_run() throws Exception {
        assertEquals("", run("--quiet", "IMG", "true").err());

        Result debug = racker.run("--debug", "run", "--rm", "--network=none", image, "true");

        assertEquals(0, debug.status(), debug.err());
        assertEquals("", debug.out());
        assertTrue(debug.err().contains("\n+ setsid "), debug.err());
        assertTrue(debug.err().contains("systemd-nspawn"), debug.err());
    }

    @Test
    void other_users_than_root_are_told_so_in_one_line() throws Exception {
        Path copy = racker.files().resolve("program");
        Files.createDirectories(copy);
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(":")) {
            String target =
                    copy.resolve(Integer.toString(parts.size())).toString() + (part.endsWith(".jar") ? ".jar" : "");
            racker.tool("cp", "-r", part, target);
            parts.add(target);
        }
        racker.tool("chmod", "-R", "a+rX", copy.toString());
        for (Path directory = copy.getParent(); directory.getNameCount() > 2; directory = directory.getParent()) {
            racker.tool("chmod", "a+x", directory.toString());
        }
        for (String[] command :
                new String[][] {{"run", "--rm", "debian", "true"}, {"pull", "debian"}, {"ps"}, {"images"}}) {
            List<String> line = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
            line.add(TestRacker.command().get(0));
            line.addAll(List.of("-cp", String.join(":", parts), "dev.racker.cli.Racker"));
            line.addAll(List.of(command));
            ProcessBuilder builder = new ProcessBuilder(line);
            builder.environment().putAll(racker.environment());

            Result result = TestRacker.finish(builder.start(), java.io.InputStream.nullInputStream());

            assertEquals(125, result.status(), result.toString());
            assertTrue(result.err().contains("root"), result.toString());
            assertFalse(result.err().contains("\tat "), result.toString());
        }
    }

    @Test
    void a_kept_container_is_listed_with_its_status_until_it_is_removed() throws Exception {
        assertEquals(
                7,
                racker.run("run", "--network=none", "--name", "kept", image, "sh", "-c", "exit 7")
                        .status());

        assertFalse(racker.run("ps").ok().contains("kept"));
        String listed = racker.run("ps", "-a").ok();
        assertTrue(listed.contains("Exited (7)"), listed);
        assertTrue(listed.contains("\"sh -c exit 7\""), listed);
        assertEquals("kept\n", racker.run("rm", "kept").ok());
        assertFalse(racker.run("ps", "-a").ok().contains("kept"));
        Result again = racker.run("rm", "kept");
        assertEquals(1, again.status());
        assertTrue(again.err().contains("No such container: kept"), again.err());
    }
}
