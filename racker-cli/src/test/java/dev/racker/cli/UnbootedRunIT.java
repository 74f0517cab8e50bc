package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code racker run} of an image without init: its command is the machine's only process. */
@ExtendWith(TestRacker.Shared.class)
class UnbootedRunIT {

    private final TestRacker racker;
    private final String busybox;

    UnbootedRunIT(TestRacker racker) throws Exception {
        this.racker = racker;
        this.busybox = racker.busybox();
    }

    @Test
    void the_command_is_the_only_process_and_has_its_streams() throws Exception {
        byte[] bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);

        Result result = racker.run(bytes, "run", "--rm", "-i", "--network=none", busybox, "cat");

        assertEquals(0, result.status(), result.err());
        assertArrayEquals(bytes, result.bytes());
        assertEquals("", result.err());
    }

    @Test
    void without_interactive_standard_input_is_empty() throws Exception {
        byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);

        assertEquals(
                "",
                racker.run(hello, "run", "--rm", "--network=none", busybox, "cat")
                        .ok());
    }

    @ParameterizedTest
    @CsvSource({"exit 7, 7", "exec /etc/passwd, 126", "exec /nope, 127"})
    void the_exit_status_is_the_commands(String script, int status) throws Exception {
        assertEquals(
                status,
                racker.run("run", "--rm", "--network=none", busybox, "sh", "-c", script)
                        .status());
    }

    @Test
    void it_is_the_first_process_which_gets_no_signal_that_it_does_not_handle() throws Exception {
        Result result = racker.run(
                "run", "--rm", "--network=none", busybox, "sh", "-c", "echo $$; kill -TERM $$; kill -KILL $$; exit 7");

        assertEquals(7, result.status(), result.err());
        assertEquals("1\n", result.out());
    }

    @ParameterizedTest
    @CsvSource({"exit 7, 7", "kill -TERM $$, 143", "kill -KILL $$, 137"})
    void an_init_tells_how_the_command_ended(String script, int status) throws Exception {
        Result result =
                racker.run("run", "--rm", "--network=none", "--init", busybox, "sh", "-c", "[ $$ != 1 ] && " + script);

        assertEquals(status, result.status(), result.err());
        assertEquals("", result.err());
    }

    @Test
    void an_init_reaps_what_the_command_leaves() throws Exception {
        assertEquals(
                "0\n",
                racker.run(
                                "run",
                                "--rm",
                                "--network=none",
                                "--init",
                                busybox,
                                "sh",
                                "-c",
                                "(true &); sleep 0.2; cat /proc/[0-9]*/stat | grep -c ' Z '; true")
                        .ok());
    }

    @ParameterizedTest
    @CsvSource({"/etc/passwd, 126", "nope, 127"})
    void what_cannot_be_executed_is_told(String program, int status) throws Exception {
        Result result = racker.run("run", "--rm", "--network=none", busybox, program);

        assertEquals(status, result.status(), result.err());
        assertTrue(result.err().contains("'" + program + "'"), result.err());
    }

    /** Nothing is waited for inside: the route, the address and the link are there when the command begins. */
    @RepeatedTest(5)
    void it_has_the_default_network_from_its_first_moment() throws Exception {
        Result result = racker.run(
                "run",
                "--rm",
                busybox,
                "sh",
                "-c",
                "busybox ping -c 1 -W 5 $(busybox ip route | busybox sed -n 's/^default via \\([^ ]*\\).*/\\1/p')"
                        + " && cat /etc/resolv.conf");

        assertTrue(result.ok().contains(" 0% packet loss"), result.toString());
        assertTrue(result.ok().contains("nameserver "), result.toString());
        assertEquals("", result.err());
    }

    @RepeatedTest(3)
    void a_command_in_the_background_that_ends_before_it_is_looked_after_has_not_failed() throws Exception {
        racker.run("run", "-d", "--name=short", "--network=none", "--health-cmd=true", busybox, "true")
                .ok();

        assertEquals("0\n", racker.run("wait", "short").ok());
        racker.run("rm", "short").ok();
    }

    @Test
    void a_command_that_ends_at_once_has_not_failed() throws Exception {
        Result result = racker.run("run", "--rm", busybox, "true");

        assertEquals(0, result.status(), result.err());
        assertEquals("", result.err());
    }
}
