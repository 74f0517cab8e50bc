package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static dev.racker.harness.Eventually.eventuallyIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Containers that stay when racker has ended. */
class KeptIT extends KeptCase {

    KeptIT(TestRacker racker) throws Exception {
        super(racker);
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
        racker.run("start", id).ok();
        racker.run("kill", id).ok();
        assertTrue(status("stays").contains("Exited (137)"), status("stays"));
    }

    private String stopAndWait(String name) throws Exception {
        Process waiting = racker.start("wait", name);
        racker.run("stop", name).ok();
        return TestRacker.finish(waiting, InputStream.nullInputStream()).ok();
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
            racker.release("talks", "/srv/go");
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
        awaitLine("single", "up");

        assertEquals("3\n", stopAndWait("single"));
        assertEquals("up\nasked to end\n", logs("single"));
    }

    @Test
    void an_ephemeral_one_goes_with_its_end_and_waiting_still_tells_how() throws Exception {
        String id = detached("brief", "--rm", image, "sh", "-c", "until test -e /srv/go; do sleep 0.1; done; exit 5");
        Process waiting = racker.start("wait", id);
        eventually("the wait", () -> holds(waiting, "ended"));
        racker.release(id, "/srv/go");

        assertEquals(
                "5\n", TestRacker.finish(waiting, InputStream.nullInputStream()).ok());
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
        } catch (IOException e) {
            return false; // a descriptor was closed while they were looked at
        }
    }

    @Test
    void a_name_that_another_one_has_is_not_taken_away() throws Exception {
        racker.run("create", "--name=first", image).ok();
        racker.run("create", "--name=second", image).ok();

        for (String wanted : List.of("first", "second", "no/name")) {
            assertEquals(1, racker.run("rename", "second", wanted).status());
        }
        assertEquals(1, racker.run("create", "--name=first", image).status());
        assertEquals(125, racker.run("run", "--name=first", image, "true").status());
        assertEquals(
                "second\nfirst\n", racker.run("ps", "-a", "--format={{.Names}}").ok());
        assertEquals("0\n", racker.run("wait", "first").ok());
    }

    @Test
    void what_is_not_there_is_told_and_no_failure_when_it_is_removed_by_force() throws Exception {
        Result result = racker.run("rm", "--force", "nosuch");

        assertEquals("", result.ok());
        assertEquals("racker: No such container: nosuch\nSee `racker ps --all`.\n", result.err());
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
        Path health = machine(id).resolve("health");
        eventuallyIn(machine(id), "the failures", () -> line(health, 0).equals("unhealthy"));
        assertTrue(status("patient").contains("(unhealthy)"), status("patient"));

        racker.run("exec", "patient", "touch", "/srv/well").ok();
        eventuallyIn(machine(id), "the recovery", () -> line(health, 0).equals("healthy"));
        racker.run("stop", "patient").ok();
    }

    @Test
    void the_health_check_of_an_image_is_made_more_often_while_it_starts() throws Exception {
        Path archive = TestArchives.tar(TestArchives.busybox(racker.files().resolve("ready")));
        String check =
                "HEALTHCHECK --interval=1h --start-period=1h --start-interval=200ms CMD [\"busybox\", \"test\", \"-e\", \"/ok\"]";
        racker.run("import", "--change", check, archive.toString(), "ready:1").ok();
        String id = detached("ready", "ready:1", "sleep", "600");
        Path health = machine(id).resolve("health");
        eventuallyIn(machine(id), "a call that failed", () -> line(health, 2).equals("1"));
        assertTrue(status("ready").contains("(health: starting)"), status("ready"));

        racker.run("exec", "ready", "busybox", "touch", "/ok").ok();
        eventuallyIn(machine(id), "a call that did not", () -> line(health, 0).equals("healthy"));
        racker.run("rm", "--force", "ready").ok();
        racker.run("rmi", "ready:1").ok();
    }

    private static String line(Path file, int number) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.size() > number ? lines.get(number) : "";
        } catch (IOException e) {
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
        awaitLine("trap", "up");

        racker.run("kill", "--signal=SIGUSR1", "trap").ok();
        awaitLine("trap", "usr1");
        assertEquals("up\nusr1\n", logs("trap"));
        assertEquals(125, racker.run("kill", "--signal=NONE", "trap").status());
        racker.run("kill", "trap").ok();

        assertTrue(status("trap").contains("Exited (137)"), status("trap"));
    }
}
