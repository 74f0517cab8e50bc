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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code racker run} of a real Debian that is booted. */
@ExtendWith(TestRacker.Shared.class)
class RunIT {

    private final TestRacker racker;
    private final String image;

    RunIT(TestRacker racker) throws Exception {
        this.racker = racker;
        this.image = racker.debian();
    }

    /** Without a network, unless a test is about that: it is the faster way. */
    private Result run(String... options) throws Exception {
        return run(new byte[0], options);
    }

    private Result run(byte[] input, String... options) throws Exception {
        List<String> line = new ArrayList<>(List.of("run", "--rm"));
        if (!String.join(" ", options).contains("--network")) {
            line.add("--network=none");
        }
        for (String option : options) {
            line.add(option.equals("IMG") ? image : option);
        }
        return racker.run(input, line.toArray(String[]::new));
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
    void environment_user_directory_and_host_name_are_set() throws Exception {
        Path file = Files.writeString(racker.files().resolve("env"), "FROM_FILE=a b\nB=file\n");

        String out = run(
                        "-e",
                        "A=x y",
                        "-e",
                        "B=$HOME %h \"q\"",
                        "-e",
                        "PASSED_ON",
                        "--env-file",
                        file.toString(),
                        "-u",
                        "nobody:daemon",
                        "-w",
                        "/made/for this",
                        "--hostname",
                        "box",
                        "IMG",
                        "sh",
                        "-c",
                        "echo \"$A|$B|$PASSED_ON|$FROM_FILE\"; id -un; id -gn; pwd; cat /etc/hostname; hostname; "
                                + "echo $HOSTNAME")
                .ok();

        assertEquals("x y|$HOME %h \"q\"|from outside|a b\nnobody\ndaemon\n/made/for this\nbox\nbox\nbox\n", out);
    }

    @Test
    void a_user_may_be_a_number_that_nobody_has() throws Exception {
        assertEquals(
                "1234:0\n",
                run("-u", "1234", "IMG", "sh", "-c", "echo $(id -u):$(id -g)").ok());
        assertEquals(
                "1234:5678\n",
                run("-u", "1234:5678", "IMG", "sh", "-c", "echo $(id -u):$(id -g)")
                        .ok());
    }

    @Test
    void an_unknown_user_fails() throws Exception {
        Result result = run("-u", "nosuchuser", "IMG", "true");

        assertEquals(125, result.status());
        assertTrue(result.err().contains("\"nosuchuser\""), result.err());
    }

    @Test
    void an_entrypoint_goes_before_the_arguments() throws Exception {
        assertEquals("--rm x\n", run("--entrypoint", "echo", "IMG", "--rm", "x").ok());
    }

    @Test
    void volumes_are_seen_and_belong_to_the_same_owners() throws Exception {
        Path shared = Files.createDirectories(racker.files().resolve("a shared: dir"));
        Files.writeString(shared.resolve("in"), "from outside\n");
        racker.tool("chown", "0:0", shared.toString());
        Path locked = Files.createDirectories(racker.files().resolve("locked"));
        Path file = Files.writeString(racker.files().resolve("file"), "one file\n");
        Path made = racker.files().resolve("made");

        Result result = run(
                "--mount",
                "type=bind,source=" + shared + ",target=/mnt/shared",
                "-v",
                locked + ":/mnt/locked:ro",
                "-v",
                file + ":/mnt/file",
                "-v",
                made + ":/mnt/made",
                "IMG",
                "sh",
                "-c",
                "cat /mnt/shared/in /mnt/file; stat -c %u:%g /mnt/shared/in; echo inside >/mnt/shared/out; "
                        + "chown daemon /mnt/shared/out; echo made >/mnt/made/x; touch /mnt/locked/x");

        assertEquals("from outside\none file\n0:0\n", result.out(), result.err());
        assertTrue(result.err().contains("Read-only file system"), result.err());
        assertEquals("inside\n", Files.readString(shared.resolve("out")));
        assertEquals(1, Files.getAttribute(shared.resolve("out"), "unix:uid"));
        assertEquals(0, Files.getAttribute(made.resolve("x"), "unix:uid"));
        assertFalse(Files.exists(locked.resolve("x")));
    }

    @Test
    void file_systems_in_memory_are_mounted() throws Exception {
        assertEquals(
                "tmpfs 1024\ntmpfs\n",
                run(
                                "--tmpfs",
                                "/a:size=1m",
                                "--mount",
                                "type=tmpfs,target=/b",
                                "IMG",
                                "sh",
                                "-c",
                                "awk '$5 == \"/a\" || $5 == \"/b\"' /proc/self/mountinfo >/dev/null; "
                                        + "df --output=fstype,size /a | tail -n 1 | tr -s ' '; "
                                        + "df --output=fstype /b | tail -n 1")
                        .ok());
    }

    @Test
    void root_inside_is_nobody_outside_unless_asked_for() throws Exception {
        String map = "set -- $(cat /proc/self/uid_map); echo $2";

        assertEquals("524288\n", run("IMG", "sh", "-c", map).ok());
        assertEquals("0\n", run("--userns=host", "IMG", "sh", "-c", map).ok());
    }

    @Test
    void privileged_keeps_all_capabilities() throws Exception {
        String bounding = "grep CapBnd /proc/self/status | cut -f 2";
        String all = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("CapBnd"))
                .findFirst()
                .orElseThrow()
                .substring("CapBnd:\t".length());

        assertEquals(
                all + "\n", run("--privileged", "IMG", "sh", "-c", bounding).ok());
        assertFalse(run("IMG", "sh", "-c", bounding).ok().contains(all));
    }

    @Test
    void on_no_network_there_is_loopback_alone() throws Exception {
        assertEquals(
                "lo\n", run("--network=none", "IMG", "ls", "/sys/class/net").ok());
    }

    @Test
    void on_a_bridge_there_are_an_address_a_route_and_name_servers() throws Exception {
        String[] out = run(
                        "--network=bridge",
                        "IMG",
                        "sh",
                        "-c",
                        "hostname -I; awk '$2 == \"00000000\" { print $1 }' /proc/net/route; cat /etc/resolv.conf; "
                                + "getent hosts \"$(hostname)\"")
                .ok()
                .split("\n");

        String address = out[0].strip().split(" ")[0];
        assertTrue(address.matches("\\d+\\.\\d+\\.\\d+\\.\\d+"), String.join("\n", out));
        assertEquals("eth0", out[1]);
        assertTrue(String.join("\n", out).contains("\nnameserver "), String.join("\n", out));
        assertTrue(out[out.length - 1].startsWith(address + " "), String.join("\n", out));
    }

    @Test
    void a_name_server_can_be_given() throws Exception {
        assertTrue(run("--network=bridge", "--dns=192.0.2.53", "IMG", "cat", "/etc/resolv.conf")
                .ok()
                .contains("nameserver 192.0.2.53\n"));
    }

    @Test
    void on_the_hosts_network_its_links_are_seen_and_that_is_said() throws Exception {
        Result result = run("--network=host", "IMG", "cat", "/proc/net/dev");

        for (String line : Files.readAllLines(Path.of("/proc/net/dev"))) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.contains("veth")) {
                assertTrue(result.ok().contains(line.substring(0, colon + 1)), result.toString());
            }
        }
        assertTrue(result.err().startsWith("Without a user namespace, because --network=host"), result.err());
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
