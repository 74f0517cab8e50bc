package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code racker run} of an image without init: its command is the machine's only process. */
class UnbootedRunIT {

    private static TestRacker racker;
    private static String busybox;
    private static String single;

    @BeforeAll
    static void pull() throws Exception {
        racker = TestRacker.create();
        busybox = TestArchives.tar(TestArchives.busybox(racker.files().resolve("busybox")))
                .toString();
        racker.run("pull", busybox).ok();
        Path alone = Files.createDirectories(racker.files().resolve("single"));
        Files.copy(Path.of("/bin/busybox").toRealPath(), alone.resolve("busybox"));
        alone.resolve("busybox").toFile().setExecutable(true, false);
        single = "docker-archive:" + TestArchives.dockerArchive(alone, "single:1", "--author=nobody");
    }

    @AfterAll
    static void remove() throws Exception {
        racker.close();
    }

    @AfterEach
    void nothing_is_left() {
        racker.assertNothingLeft();
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
    @CsvSource({"exit 7, 7", "kill -TERM $$, 143", "kill -KILL $$, 137", "exec /etc/passwd, 126", "exec /nope, 127"})
    void the_exit_status_is_the_commands(String script, int status) throws Exception {
        assertEquals(
                status,
                racker.run("run", "--rm", "--network=none", busybox, "sh", "-c", script)
                        .status());
    }

    @ParameterizedTest
    @CsvSource({"/etc/passwd, 126", "nope, 127"})
    void what_cannot_be_executed_is_told(String program, int status) throws Exception {
        Result result = racker.run("run", "--rm", "--network=none", busybox, program);

        assertEquals(status, result.status(), result.err());
        assertTrue(result.err().contains("'" + program + "'"), result.err());
    }

    @Test
    void variables_and_directory_are_set() throws Exception {
        assertEquals(
                "a b\n/etc\n",
                racker.run(
                                "run",
                                "--rm",
                                "--network=none",
                                "-e",
                                "A=a b",
                                "-w",
                                "/etc",
                                busybox,
                                "sh",
                                "-c",
                                "echo \"$A\"; pwd")
                        .ok());
    }

    /** Nothing is waited for inside: the route, the address and the link are there when the command begins. */
    @RepeatedTest(10)
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

    @Test
    void a_command_of_an_image_without_a_shell_has_it_too() throws Exception {
        Result result = racker.run("run", "--rm", "--quiet", single, "/busybox", "cat", "/proc/net/route");

        assertTrue(result.ok().contains("\neth0\t00000000\t"), result.toString());
        assertEquals("", result.err());
    }

    @Test
    void a_command_that_ends_at_once_has_not_failed() throws Exception {
        Result result = racker.run("run", "--rm", busybox, "true");

        assertEquals(0, result.status(), result.err());
        assertEquals("", result.err());
    }

    @Test
    void a_static_program_needs_nothing_else_in_its_image() throws Exception {
        assertEquals(
                "alone\n",
                racker.run("run", "--rm", "--quiet", "--network=none", single, "/busybox", "echo", "alone")
                        .ok());
    }

    @Test
    void a_user_that_cannot_be_looked_up_is_refused() throws Exception {
        Result result = racker.run("run", "--rm", "--network=none", "-u", "nobody", busybox, "id");

        assertEquals(125, result.status());
        assertTrue(result.err().contains("as \"nobody\" in "), result.err());
        assertTrue(result.err().contains("\nRun it as root: --user=root.\n"), result.err());
    }

    @Test
    void it_cannot_be_booted_when_that_is_asked_for() throws Exception {
        Result result = racker.run("run", "--rm", "--systemd=always", busybox, "true");

        assertEquals(125, result.status());
        assertEquals(
                "racker: Tried to boot " + busybox + ", but it has no init and no package manager that is known.\n"
                        + "Run its command without booting it: --systemd=false.\n",
                result.err());
    }

    @Test
    void an_image_with_an_init_can_be_run_without_it() throws Exception {
        String debian = TestArchives.debian().toString();

        Result result = racker.run(
                "run",
                "--rm",
                "--quiet",
                "--network=none",
                "--systemd=false",
                "-u",
                "nobody",
                debian,
                "sh",
                "-c",
                "id -un; ls /run/systemd/system 2>/dev/null");

        assertEquals("nobody\n", result.out(), result.err());
        assertEquals(
                "systemd\n",
                racker.run("run", "--rm", "--network=none", debian, "cat", "/proc/1/comm")
                        .ok());
    }

    @Test
    void the_images_configuration_is_honoured() throws Exception {
        Path archive = TestArchives.dockerArchive(
                TestArchives.busybox(racker.files().resolve("configured")),
                "configured:1",
                "--config.entrypoint=sh",
                "--config.entrypoint=-c",
                "--config.cmd=echo $A; pwd",
                "--config.env=A=from the image",
                "--config.workingdir=/etc");
        String image = "docker-archive:" + archive;

        assertEquals(
                "from the image\n/etc\n",
                racker.run("run", "--rm", "--quiet", "--network=none", image).ok());
        assertEquals(
                "/tmp\n",
                racker.run("run", "--rm", "--network=none", "-w", "/tmp", image, "pwd")
                        .ok());
        assertEquals(
                "changed\n",
                racker.run(
                                "run",
                                "--rm",
                                "--network=none",
                                "-e",
                                "A=changed",
                                "--entrypoint",
                                "/bin/sh",
                                image,
                                "-c",
                                "echo $A")
                        .ok());
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void a_signal_ends_it(String signal, int status) throws Exception {
        Process process = racker.start("run", "--rm", "--network=none", busybox, "sh", "-c", "echo up; sleep 100");
        assertEquals("up", process.inputReader().readLine());

        racker.signal(signal, process);

        assertEquals(
                status,
                TestRacker.finish(process, InputStream.nullInputStream()).status());
    }

    @Test
    void nothing_is_left_when_racker_is_killed() throws Exception {
        Process process = racker.start("run", "--rm", "-i", busybox, "sh", "-c", "echo up; sleep 100");
        assertEquals("up", process.inputReader().readLine());

        racker.signal("KILL", process);
        process.waitFor();

        if (!TestRacker.MACHINED) {
            racker.run("ps", "-a").ok();
        }
        TestRacker.eventually("the end of the machine", () -> racker.leftovers().isEmpty());
        racker.run("ps", "-a").ok();
    }
}
