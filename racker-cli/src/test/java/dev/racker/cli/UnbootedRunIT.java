package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import dev.racker.harness.process.Command;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    @Test
    void a_signal_from_outside_is_the_exit_status() throws Exception {
        Process process =
                racker.start("run", "--rm", "--network=none", busybox, "sh", "-c", "echo up; exec sleep 77.5");
        assertEquals("up", process.inputReader().readLine());
        TestRacker.eventually("the command", () -> sleeping().isPresent());
        racker.runner()
                .run(Command.of(
                        "kill",
                        "-s",
                        "KILL",
                        Long.toString(sleeping().orElseThrow().pid())));

        Result result = TestRacker.finish(process, InputStream.nullInputStream());
        assertEquals(137, result.status());
        assertEquals("", result.err());
    }

    private static Optional<ProcessHandle> sleeping() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).equals(List.of("77.5")))
                        .isPresent())
                .findFirst();
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app         | uid=1000(app) gid=1000(app) groups=44(video) /srv/app",
                "app:video   | uid=1000(app) gid=44(video) /srv/app",
                "65532:65532 | uid=65532 gid=65532 /",
                "0:1000      | uid=0(root) gid=1000(app) /"
            })
    void the_user_is_looked_up_in_the_image(String user, String expected) throws Exception {
        String out = racker.run(
                        "run", "--rm", "--network=none", "-u", user, busybox, "sh", "-c", "echo $(id) $HOME; echo $$")
                .ok();

        assertEquals(expected + "\n1\n", out);
    }

    @ParameterizedTest
    @CsvSource({"nobody, user \"nobody\"", "app:nogroup, group \"nogroup\""})
    void a_name_that_the_image_does_not_know_is_refused(String user, String quoted) throws Exception {
        Result result = racker.run("run", "--rm", "--network=none", "-u", user, busybox, "id");

        assertEquals(125, result.status());
        assertTrue(result.err().contains(" as " + quoted + ", but the image has no such "), result.err());
    }

    @Test
    void a_number_that_a_user_namespace_does_not_have_is_refused() throws Exception {
        Result result = racker.run("run", "--rm", "--network=none", "-u", "65536", busybox, "id");

        assertEquals(125, result.status());
        assertTrue(result.err().contains("\nDo without the user namespace: --userns=host.\n"), result.err());
        assertEquals(
                "65536\n",
                racker.run("run", "--rm", "--network=none", "--userns=host", "-u", "65536", busybox, "id", "-u")
                        .ok());
    }

    @Test
    void a_directory_that_is_missing_is_made() throws Exception {
        assertEquals(
                "/srv/a/b\n",
                racker.run("run", "--rm", "--network=none", "-u", "app", "-w", "/srv/a/b", busybox, "pwd")
                        .ok());

        Result file = racker.run("run", "--rm", "--network=none", "-w", "/etc/passwd", busybox, "pwd");
        assertEquals(125, file.status());
        assertTrue(file.err().contains("cannot enter '/etc/passwd' in the machine"), file.err());
    }

    @Test
    void nothing_is_in_its_environment_but_what_was_asked_for() throws Exception {
        assertEquals(
                "HOSTNAME=box\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nA.B-C=d\nHOME=/\n",
                racker.run("run", "--rm", "--network=none", "--hostname=box", "-e", "A.B-C=d", busybox, "env")
                        .ok());
    }

    @Test
    void capabilities_are_dropped_although_a_user_is_taken_on() throws Exception {
        String[] status = {"grep", "-E", "^(Uid|CapInh|CapEff|CapBnd)", "/proc/self/status"};
        String user = String.join(
                "",
                racker.run(command("--cap-drop=ALL", "-u", "app", status)).ok().split("\\s+"));
        String root = String.join(
                "",
                racker.run(command("--cap-drop=ALL", "-u", "0", status)).ok().split("\\s+"));

        String none = "0000000000000000";
        assertEquals("Uid:1000100010001000CapInh:" + none + "CapEff:" + none + "CapBnd:" + none, user);
        assertEquals("Uid:0000CapInh:" + none + "CapEff:" + none + "CapBnd:" + none, root);
    }

    private static String[] command(String option, String user, String id, String... program) {
        List<String> all = new ArrayList<>(List.of("run", "--rm", "--network=none", option, user, id, busybox));
        all.addAll(List.of(program));
        return all.toArray(new String[0]);
    }

    @Test
    void what_the_image_keeps_in_run_is_as_read_only_as_the_image() throws Exception {
        Result result = racker.run(
                "run", "--rm", "--network=none", "--read-only", busybox, "sh", "-c", "echo x >/run/app/x || exit 9");

        assertEquals(9, result.status(), result.toString());
    }

    @Test
    void what_the_image_keeps_in_run_and_tmp_is_there() throws Exception {
        assertEquals(
                "1000 /run/app\n/tmp/file\n",
                racker.run("run", "--rm", "--network=none", busybox, "stat", "-c", "%u %n", "/run/app")
                                .ok()
                        + racker.run("run", "--rm", "--network=none", busybox, "ls", "/tmp/file")
                                .ok());
    }

    @Test
    void a_program_without_anything_else_says_hello() throws Exception {
        Path tree = Files.createDirectories(racker.files().resolve("hello"));
        TinyProgram.write(tree.resolve("hello"), "Hello from nothing!\n", 5);
        String hello = "docker-archive:"
                + TestArchives.dockerArchive(tree, "hello-world:latest", "--config.cmd=/hello", "--author=nobody");

        Result result = racker.run("run", "--rm", "--quiet", hello);

        assertEquals("Hello from nothing!\n", result.out(), result.toString());
        assertEquals("", result.err());
        assertEquals(5, result.status());
        assertEquals(
                5, racker.run("run", "--rm", "--network=none", "--init", hello).status());
        assertEquals(
                127, racker.run("run", "--rm", "--network=none", hello, "sh").status());
        assertEquals(
                126, racker.run("run", "--rm", "--network=none", hello, "/etc").status());
        assertEquals(
                5,
                racker.run("run", "--rm", "--network=none", "-u", "7:8", hello).status());
    }

    @Test
    void an_image_with_a_user_and_no_shell_is_run_as_it_wants() throws Exception {
        Path tree = Files.createDirectories(racker.files().resolve("distroless"));
        Files.createDirectories(tree.resolve("etc"));
        Files.writeString(
                tree.resolve("etc/passwd"),
                "root:x:0:0::/root:/sbin/nologin\n" + "nonroot:x:65532:65532::/home/nonroot:/sbin/nologin\n");
        Files.copy(Path.of("/bin/busybox").toRealPath(), tree.resolve("busybox"));
        tree.resolve("busybox").toFile().setExecutable(true, false);
        String image = "docker-archive:"
                + TestArchives.dockerArchive(
                        tree,
                        "distroless:nonroot",
                        "--config.user=nonroot",
                        "--config.workingdir=/home/nonroot",
                        "--config.entrypoint=/busybox",
                        "--config.cmd=env");

        assertEquals(
                "HOSTNAME=box\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n"
                        + "HOME=/home/nonroot\n",
                racker.run("run", "--rm", "--quiet", "--network=none", "--hostname=box", image)
                        .ok());
        assertEquals(
                "65532\n",
                racker.run("run", "--rm", "--network=none", image, "id", "-u").ok());
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
    void a_signal_reaches_the_command(String signal, int status) throws Exception {
        Process process = racker.start(
                "run",
                "--rm",
                "--network=none",
                busybox,
                "sh",
                "-c",
                "trap 'echo heard; exit 9' " + signal + "; echo up; while :; do sleep 0.1; done");
        assertEquals("up", process.inputReader().readLine());

        racker.signal(signal, process);

        assertEquals("heard", process.inputReader().readLine());
        assertEquals(
                status,
                TestRacker.finish(process, InputStream.nullInputStream()).status());
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void a_signal_ends_it_under_an_init(String signal, int status) throws Exception {
        Process process =
                racker.start("run", "--rm", "--network=none", "--init", busybox, "sh", "-c", "echo up; exec sleep 100");
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
