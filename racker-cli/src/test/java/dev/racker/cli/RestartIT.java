package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Containers that stay, and what starts them again: policies, and the boot of the host. */
class RestartIT extends KeptCase {

    RestartIT(TestRacker racker) throws Exception {
        super(racker);
    }

    @Test
    void a_policy_holds_in_the_foreground_too_and_who_waits_is_told_of_the_first_end() throws Exception {
        String script = "echo run; sleep 1; exit 4";
        Process first = racker.start(
                "run",
                "--name=again",
                "--restart=on-failure:1",
                "--network=none",
                "--systemd=false",
                image,
                "sh",
                "-c",
                script);
        assertEquals("run", first.inputReader().readLine());
        assertEquals("4\n", racker.run("wait", "again").ok());

        assertEquals(4, first.waitFor());
        eventually("the second run", () -> logs("again").equals("run\nrun\n"));
        eventually("its end", () -> isExited("again"));
        assertEquals(
                "1\n", racker.run("inspect", "-f", "{{.RestartCount}}", "again").ok());
    }

    @Test
    void a_policy_starts_it_again_as_often_as_it_says() throws Exception {
        detached("fails", "--restart=on-failure:2", image, "sh", "-c", "echo try; exit 3");

        eventually("the third end", () -> logs("fails").equals("try\ntry\ntry\n") && isExited("fails"));
        assertTrue(status("fails").contains("Exited (3)"), status("fails"));
    }

    @Test
    void another_policy_counts_while_it_runs() throws Exception {
        String script = "while [ ! -e /go ]; do sleep 0.1; done; echo went; exit 3";
        detached("changed", "--systemd=false", image, "sh", "-c", script);
        assertEquals(
                "changed\n",
                racker.run("update", "--restart=on-failure:1", "changed").ok());
        racker.release("changed", "/go");

        eventually("the second end", () -> logs("changed").equals("went\nwent\n") && isExited("changed"));
        String policy = "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}"
                + " {{.RestartCount}}";
        assertEquals(
                "on-failure 1 1\n",
                racker.run("inspect", "-f", policy, "changed").ok());
        racker.run("update", "--restart=no", "changed").ok();
        assertEquals("no 0 1\n", racker.run("inspect", "-f", policy, "changed").ok());
        assertEquals(125, racker.run("update", "--restart=sometimes", "changed").status());
    }

    @Test
    void one_that_is_killed_is_started_again_and_one_that_is_stopped_is_not() throws Exception {
        String id = detached("always", "--restart=always", image);
        long leader = leader(id);
        assertTrue(leader > 1, "zero would be this process's own group");

        racker.tool("kill", "-s", "KILL", Long.toString(leader));
        eventually("another machine", () -> leader(id) > 0 && leader(id) != leader);
        eventually("its readiness", () -> isRunning("always"));

        racker.run("stop", "--time=5", "always").ok();
        assertTrue(status("always").contains("Exited"), status("always"));
        assertEquals("", racker.run("ps", "--quiet").ok());
    }

    private boolean isRunning(String name) throws Exception {
        return racker.run("exec", name, "true").status() == 0;
    }

    private long leader(String id) {
        try {
            String text = Files.readString(machine(id).resolve("leader"));
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (IOException e) {
            return 0; // between two machines
        }
    }

    @Test
    void the_supervisor_that_is_killed_takes_the_machine_with_it() throws Exception {
        String id = detached("orphan", image);
        long leader = leader(id);
        String supervisor = Files.readString(machine(id).resolve("supervisor")).strip();

        racker.tool("kill", "-s", "KILL", supervisor);

        eventually("the end of the machine", () -> hasEnded(leader));
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
    private void endTheHost(String... ids) throws Exception {
        for (String id : ids) {
            String supervisor =
                    Files.readString(machine(id).resolve("supervisor")).strip();
            racker.tool("kill", "-s", "KILL", supervisor);
        }
        for (String id : ids) {
            eventually(
                    "the end of all processes",
                    () -> ProcessHandle.allProcesses()
                            .noneMatch(process ->
                                    process.info().commandLine().orElse("").contains(id.substring(0, 12))));
        }
    }

    /** proc(5): a process that has ended, and that nobody has asked about, has no command line any more. */
    private static boolean hasEnded(long process) {
        try {
            return Files.readAllBytes(Path.of("/proc/" + process + "/cmdline")).length == 0;
        } catch (IOException e) {
            return true;
        }
    }
}
