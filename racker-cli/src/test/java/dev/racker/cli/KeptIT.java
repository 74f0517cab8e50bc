package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Containers that stay when racker has ended. */
class KeptIT {

    private static TestRacker racker;
    private static String image;

    @BeforeAll
    static void pull() throws Exception {
        racker = TestRacker.create();
        image = TestArchives.debian().toString();
        racker.run("pull", image).ok();
    }

    @AfterAll
    static void remove() throws Exception {
        racker.close();
    }

    @AfterEach
    void nothing_is_left_once_they_are_removed() throws Exception {
        for (String id : racker.run("ps", "--all", "--quiet").ok().lines().toList()) {
            racker.run("rm", "--force", id).ok();
        }
        TestRacker.eventually(
                "the end of all machines", () -> racker.leftovers().isEmpty());
        racker.assertNothingLeft();
    }

    private static String detached(String name, String... rest) throws Exception {
        String[] line = new String[rest.length + 4];
        line[0] = "run";
        line[1] = "--detach";
        line[2] = "--network=none";
        line[3] = "--name=" + name;
        System.arraycopy(rest, 0, line, 4, rest.length);
        return racker.run(line).ok().strip();
    }

    private static String status(String name) throws Exception {
        for (String line : racker.run("ps", "--all").ok().lines().toList()) {
            if (line.endsWith(" " + name)) {
                return line;
            }
        }
        return "";
    }

    @Test
    void a_booted_system_stays_until_it_is_stopped_and_keeps_its_files() throws Exception {
        String id = detached("stays", image);

        assertEquals(
                "running\n",
                racker.run("exec", "stays", "systemctl", "is-system-running").ok());
        racker.run("exec", "stays", "sh", "-c", "echo kept >/srv/file").ok();
        Result twice = racker.run("run", "--detach", "--name=stays", image);
        assertEquals(125, twice.status(), twice::toString);
        assertEquals(1, racker.run("rm", "stays").status());
        assertEquals("stays\n", racker.run("stop", "stays").ok());

        assertTrue(status("stays").contains("Exited (0)"), status("stays"));
        assertEquals(1, racker.run("exec", "stays", "true").status());
        racker.run("start", id).ok();
        assertEquals("kept\n", racker.run("exec", id, "cat", "/srv/file").ok());
        assertEquals("0\n", stopAndWait("stays"));
    }

    private static String stopAndWait(String name) throws Exception {
        Process waiting = racker.start("wait", name);
        racker.run("stop", name).ok();
        return TestRacker.finish(waiting, java.io.InputStream.nullInputStream()).ok();
    }

    @Test
    void a_container_ends_with_its_command_and_keeps_what_that_printed() throws Exception {
        detached(
                "task", image, "sh", "-c", "echo out; echo err >&2; test -e /srv/go || sleep 1; touch /srv/go; exit 7");

        assertEquals("7\n", racker.run("wait", "task").ok());
        Result logs = racker.run("logs", "task");
        assertEquals("out\n", logs.out());
        assertEquals("err\n", logs.err());
        assertTrue(status("task").contains("Exited (7)"), status("task"));

        racker.run("start", "task").ok();
        racker.run("wait", "task").ok();
        assertEquals("out\nout\n", racker.run("logs", "task").out());
        assertEquals("out\n", racker.run("logs", "--tail=2", "task").out());
        assertEquals("", racker.run("logs", "--since=2100-01-01", "task").out());
        String timed = racker.run("logs", "--timestamps", "--tail=2", "task").out();
        assertTrue(timed.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z out\n"), timed);
    }

    @Test
    void logs_can_be_followed_to_the_end() throws Exception {
        detached("talks", image, "sh", "-c", "echo one; until test -e /srv/go; do sleep 0.1; done; echo two");
        Process following = racker.start("logs", "--follow", "talks");
        try (BufferedReader lines = following.inputReader()) {
            assertEquals("one", lines.readLine());
            racker.run("exec", "talks", "touch", "/srv/go").ok();
            assertEquals("two", lines.readLine());
            assertEquals(null, lines.readLine());
        }
        assertEquals(0, following.waitFor());
    }

    @Test
    void what_is_not_booted_stays_too() throws Exception {
        detached(
                "single",
                "--systemd=false",
                image,
                "sh",
                "-c",
                "trap 'echo asked to end; exit 3' TERM; echo up; while :; do sleep 0.1; done");
        TestRacker.eventually("the first line", () -> logs("single").equals("up\n"));

        assertEquals("3\n", stopAndWait("single"));
        assertEquals("up\nasked to end\n", logs("single"));
    }

    private static String logs(String name) {
        try {
            return racker.run("logs", name).out();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_ephemeral_one_goes_with_its_end_and_waiting_still_tells_how() throws Exception {
        String id = detached("brief", "--rm", image, "sh", "-c", "until test -e /srv/go; do sleep 0.1; done; exit 5");
        Process waiting = racker.start("wait", id);
        TestRacker.eventually("the wait", () -> holds(waiting, "ended"));
        racker.run("exec", id, "touch", "/srv/go").ok();

        assertEquals(
                "5\n",
                TestRacker.finish(waiting, java.io.InputStream.nullInputStream())
                        .ok());
        assertEquals("", status("brief"));
    }

    /** Says whether a process has a file of this name open. */
    private static boolean holds(Process process, String name) {
        Path descriptors = Path.of("/proc/" + process.pid() + "/fd");
        try (var links = Files.list(descriptors)) {
            for (Path link : links.toList()) {
                if (Files.isSymbolicLink(link)
                        && Files.readSymbolicLink(link).getFileName() != null
                        && Files.readSymbolicLink(link).getFileName().toString().equals(name)) {
                    return true;
                }
            }
            return false;
        } catch (java.io.IOException e) {
            return false; // a descriptor was closed while they were looked at
        }
    }

    @Test
    void a_policy_starts_it_again_as_often_as_it_says() throws Exception {
        detached("fails", "--restart=on-failure:2", image, "sh", "-c", "echo try; exit 3");

        TestRacker.eventually("the third end", () -> logs("fails").equals("try\ntry\ntry\n") && isExited("fails"));
        assertTrue(status("fails").contains("Exited (3)"), status("fails"));
    }

    @Test
    void a_name_that_another_one_has_is_not_taken_away() throws Exception {
        racker.run("create", "--name=first", image).ok();
        racker.run("create", "--name=second", image).ok();

        for (String wanted : List.of("first", "second", "no/name")) {
            assertEquals(1, racker.run("rename", "second", wanted).status());
        }
        assertEquals(125, racker.run("run", "--name=first", image, "true").status());
        assertEquals(
                "second\nfirst\n", racker.run("ps", "-a", "--format={{.Names}}").ok());
        assertEquals("0\n", racker.run("wait", "first").ok());
    }

    @Test
    void another_policy_counts_while_it_runs() throws Exception {
        String script = "while [ ! -e /go ]; do sleep 0.1; done; echo went; exit 3";
        detached("changed", "--systemd=false", image, "sh", "-c", script);
        assertEquals(
                "changed\n",
                racker.run("update", "--restart=on-failure:1", "changed").ok());
        racker.run("exec", "changed", "touch", "/go").ok();

        TestRacker.eventually("the second end", () -> logs("changed").equals("went\nwent\n") && isExited("changed"));
        String policy = "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}"
                + " {{.RestartCount}}";
        assertEquals(
                "on-failure 1 1\n",
                racker.run("inspect", "-f", policy, "changed").ok());
        racker.run("update", "--restart=no", "changed").ok();
        assertEquals("no 0 1\n", racker.run("inspect", "-f", policy, "changed").ok());
        assertEquals(125, racker.run("update", "--restart=sometimes", "changed").status());
    }

    private static boolean isExited(String name) {
        try {
            return status(name).contains("Exited");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void one_that_is_killed_is_started_again_and_one_that_is_stopped_is_not() throws Exception {
        String id = detached("always", "--restart=always", image);
        long leader = leader(id);
        assertTrue(leader > 1, "zero would be this process's own group");

        racker.tool("kill", "-s", "KILL", Long.toString(leader));
        TestRacker.eventually("another machine", () -> leader(id) > 0 && leader(id) != leader);
        TestRacker.eventually("its readiness", () -> isRunning("always"));

        racker.run("stop", "--time=5", "always").ok();
        assertTrue(status("always").contains("Exited"), status("always"));
        assertEquals("", racker.run("ps", "--quiet").ok());
    }

    private static boolean isRunning(String name) {
        try {
            return racker.run("exec", name, "true").status() == 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long leader(String id) {
        try {
            String text =
                    Files.readString(racker.runDirectory().resolve("machines/" + id.substring(0, 12) + "/leader"));
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (java.io.IOException e) {
            return 0; // between two machines
        }
    }

    @Test
    void the_supervisor_that_is_killed_takes_the_machine_with_it() throws Exception {
        String id = detached("orphan", image);
        long leader = leader(id);
        String supervisor = Files.readString(
                        racker.runDirectory().resolve("machines/" + id.substring(0, 12) + "/supervisor"))
                .strip();

        racker.tool("kill", "-s", "KILL", supervisor);

        TestRacker.eventually("the end of the machine", () -> hasEnded(leader));
        assertTrue(status("orphan").contains("Exited (255)"), status("orphan"));
        racker.run("start", "orphan").ok();
        assertEquals(
                "running\n",
                racker.run("exec", "orphan", "systemctl", "is-system-running").ok());
    }

    @Test
    void what_the_end_of_the_host_has_ended_is_started_with_the_host() throws Exception {
        String wanted = detached("wanted", "--restart=unless-stopped", image);
        String other = detached("other", image);
        detached("stopped", "--restart=unless-stopped", image);
        racker.run("stop", "stopped").ok();
        endTheHost(wanted, other);

        assertTrue(status("wanted").contains("Exited (255)"), status("wanted"));
        assertEquals("wanted\n", racker.run("start", "--boot").ok());

        assertEquals(
                "running\n",
                racker.run("exec", "wanted", "systemctl", "is-system-running").ok());
        assertTrue(status("other").contains("Exited (255)"), status("other"));
        assertTrue(status("stopped").contains("Exited (0)"), status("stopped"));
    }

    /** All processes are gone at once, and with them what a file system in memory holds. */
    private static void endTheHost(String... ids) throws Exception {
        for (String id : ids) {
            String supervisor = Files.readString(
                            racker.runDirectory().resolve("machines/" + id.substring(0, 12) + "/supervisor"))
                    .strip();
            racker.tool("kill", "-s", "KILL", supervisor);
        }
        for (String id : ids) {
            TestRacker.eventually(
                    "the end of all processes",
                    () -> ProcessHandle.allProcesses()
                            .noneMatch(process ->
                                    process.info().commandLine().orElse("").contains(id.substring(0, 12))));
        }
    }

    @Test
    void removing_and_entering_at_once_leaves_nothing() throws Exception {
        for (int round = 0; round < 3; round++) {
            detached("contested", image);
            Process entering = racker.start("exec", "contested", "sleep", "30");
            Process removing = racker.start("rm", "--force", "contested");

            assertEquals(0, removing.waitFor());
            int status = entering.waitFor();
            assertTrue(status == 1 || status == 137, "exec ended with " + status);
            assertEquals("", status("contested"));
        }
    }

    /** proc(5): a process that has ended, and that nobody has asked about, has no command line any more. */
    private static boolean hasEnded(long process) {
        try {
            return Files.readAllBytes(Path.of("/proc/" + process + "/cmdline")).length == 0;
        } catch (java.io.IOException e) {
            return true;
        }
    }

    @Test
    void a_frozen_one_runs_nothing_until_it_is_let_go() throws Exception {
        detached("ice", image);

        racker.run("pause", "ice").ok();
        assertTrue(status("ice").contains("(Paused)"), status("ice"));
        assertEquals(1, racker.run("exec", "ice", "true").status());
        assertEquals(1, racker.run("pause", "ice").status());
        racker.run("unpause", "ice").ok();

        racker.run("exec", "ice", "true").ok();
        assertEquals(1, racker.run("unpause", "ice").status());
        racker.run("pause", "ice").ok();
        racker.run("stop", "ice").ok();
    }

    @Test
    void a_health_check_tells_whether_it_works() throws Exception {
        String id = detached(
                "patient", "--health-cmd=test -e /srv/well", "--health-interval=200ms", "--health-retries=2", image);
        Path health = racker.runDirectory().resolve("machines/" + id.substring(0, 12) + "/health");
        TestRacker.eventually("the failures", () -> first(health).equals("unhealthy"));
        assertTrue(status("patient").contains("(unhealthy)"), status("patient"));

        racker.run("exec", "patient", "touch", "/srv/well").ok();
        TestRacker.eventually("the recovery", () -> first(health).equals("healthy"));
        racker.run("stop", "patient").ok();
    }

    private static String first(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty() ? "" : lines.get(0);
        } catch (java.io.IOException e) {
            return ""; // it is being replaced
        }
    }

    @Test
    void a_made_one_is_started_and_attached_to_like_a_run() throws Exception {
        racker.run("create", "--network=none", "--interactive", "--name=later", image, "sh", "-c", "tr a-z A-Z; exit 4")
                .ok();
        assertTrue(status("later").contains("Created"), status("later"));

        Result attached = racker.run("hello\n".getBytes(), "start", "--attach", "--interactive", "later");

        assertEquals("HELLO\n", attached.out());
        assertEquals(4, attached.status(), attached::toString);
        assertTrue(status("later").contains("Exited (4)"), status("later"));
        racker.run("rename", "later", "before").ok();
        assertEquals(1, racker.run("start", "later").status());
        assertEquals("before\n", racker.run("rm", "before").ok());
    }

    @Test
    void signals_reach_the_command() throws Exception {
        detached("trap", image, "sh", "-c", "trap 'echo usr1' USR1; echo up; while :; do sleep 0.1; done");
        TestRacker.eventually("the first line", () -> logs("trap").equals("up\n"));

        racker.run("kill", "--signal=SIGUSR1", "trap").ok();
        TestRacker.eventually("the answer", () -> logs("trap").equals("up\nusr1\n"));
        assertEquals(125, racker.run("kill", "--signal=NONE", "trap").status());
        racker.run("kill", "trap").ok();

        assertTrue(status("trap").contains("Exited (137)"), status("trap"));
    }
}
