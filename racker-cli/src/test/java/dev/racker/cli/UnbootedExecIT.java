package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import dev.racker.harness.process.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code racker exec} in a container that is not booted; all tests share one. */
@ExtendWith(TestRacker.Shared.class)
class UnbootedExecIT {

    private final TestRacker racker;

    UnbootedExecIT(TestRacker racker) {
        this.racker = racker;
    }

    @BeforeAll
    static void start(TestRacker racker) throws Exception {
        racker.run(
                        "run",
                        "-d",
                        "--quiet",
                        "--name=box",
                        "--network=none",
                        "--cap-drop=CHOWN",
                        "--ulimit=nofile=100:200",
                        "-e",
                        "A=of the container",
                        "-w",
                        "/srv",
                        racker.busybox(),
                        "sh",
                        "-c",
                        "trap 'exit 5' TERM; while :; do sleep 0.1; done")
                .ok();
    }

    @AfterAll
    static void remove(TestRacker racker) throws Exception {
        assertEquals("box\n", racker.run("stop", "box").ok());
        assertEquals("5\n", racker.run("wait", "box").ok());
        racker.run("rm", "box").ok();
        racker.assertNothingLeft();
    }

    @Test
    void it_has_the_environment_and_directory_of_the_container() throws Exception {
        assertEquals(
                "of the container /srv box / root",
                racker.run("exec", "box", "sh", "-c", "echo $A $(pwd) $HOSTNAME $HOME $(id -un)")
                        .ok()
                        .strip());
        assertEquals(
                "b /srv/new /srv/app app 44",
                racker.run(
                                "exec",
                                "-u",
                                "app:44",
                                "-w",
                                "/srv/new",
                                "-e",
                                "A=b",
                                "box",
                                "sh",
                                "-c",
                                "echo $A $(pwd) $HOME $(id -un) $(id -g)")
                        .ok()
                        .strip());
    }

    @ParameterizedTest
    @CsvSource({"exit 7, 7", "kill -TERM $$, 143", "kill -KILL $$, 137", "exec /nope, 127", "exec /etc/passwd, 126"})
    void its_exit_status_is_the_commands(String script, int status) throws Exception {
        assertEquals(status, racker.run("exec", "box", "sh", "-c", script).status());
    }

    @ParameterizedTest
    @CsvSource({"nope, 127", "/nope, 127", "/etc/passwd, 126"})
    void what_cannot_be_executed_is_told(String program, int status) throws Exception {
        Result result = racker.run("exec", "box", program);

        assertEquals(status, result.status(), result.err());
        assertTrue(result.err().contains("'" + program + "'"), result.err());
    }

    @Test
    void its_streams_are_passed_on() throws Exception {
        byte[] text = "through\n".getBytes(StandardCharsets.UTF_8);

        Result result = racker.run(text, "exec", "-i", "box", "sh", "-c", "cat; echo aside >&2");

        assertEquals("through\n", result.ok());
        assertEquals("aside\n", result.err());
    }

    @Test
    void it_begins_with_the_limits_of_the_container() throws Exception {
        assertEquals(
                "100\n200\n",
                racker.run("exec", "box", "sh", "-c", "ulimit -Sn; ulimit -Hn").ok());
    }

    @Test
    void it_has_no_more_capabilities_than_the_container() throws Exception {
        String[] bounds = {"grep", "CapBnd", "/proc/1/status"};

        assertEquals(
                racker.run("exec", "box", bounds[0], bounds[1], bounds[2]).ok(),
                racker.run("exec", "box", "grep", "CapBnd", "/proc/self/status").ok());
        assertEquals(
                0,
                Long.parseLong(
                                racker.run("exec", "box", "grep", "CapBnd", "/proc/self/status")
                                        .ok()
                                        .split("\\s+")[1],
                                16)
                        & 1); // CAP_CHOWN
    }

    @Test
    void it_is_in_the_control_group_of_the_container() throws Exception {
        assertEquals(
                racker.run("exec", "box", "grep", "^0:", "/proc/1/cgroup").ok(),
                racker.run("exec", "box", "grep", "^0:", "/proc/self/cgroup").ok());
    }

    @Test
    void it_can_have_a_terminal() throws Exception {
        Path log = Files.createFile(racker.files().resolve("terminal.log"));
        Command command = Command.of(TestRacker.command("exec", "-it", "-u", "app", "box", "sh", "-c", "tty; exit 4"));
        for (var variable : racker.environment().entrySet()) {
            command = command.env(variable.getKey(), variable.getValue());
        }
        int status = racker.runner()
                .run(Command.of("script", "--quiet", "--return", "--command", command.toString(), log.toString())
                        .expectAny())
                .status();

        assertEquals(4, status, () -> read(log));
        assertTrue(read(log).contains("/dev/pts/0"), read(log));
    }

    @Test
    void a_detached_one_goes_on_alone() throws Exception {
        racker.run("exec", "-d", "box", "sh", "-c", "echo done >/tmp/detached").ok();

        eventually(
                "the file",
                () -> racker.run("exec", "box", "cat", "/tmp/detached").out().equals("done\n"));
    }

    @Test
    void a_user_that_the_machine_does_not_know_is_refused() throws Exception {
        Result result = racker.run("exec", "-u", "nobody", "box", "id");

        assertTrue(result.err().contains("user \"nobody\""), result.toString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
