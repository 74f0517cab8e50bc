package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static dev.racker.harness.Eventually.eventuallyIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of real machines. */
class LimitsIT extends LimitedCase {

    LimitsIT(TestRacker racker) throws Exception {
        super(racker);
    }

    private static final String BOMB =
            "my $m = $$; for (1..10) { fork } if ($$ == $m) { opendir D, '/proc'; print scalar grep /^\\d/, readdir D }";

    @ParameterizedTest
    @CsvSource({"false, 10m, 20M", "always, 80m, 160M"})
    void what_takes_more_memory_than_its_machine_may_is_killed(String systemd, String memory, String taken)
            throws Exception {
        Result result = run(
                "--systemd=" + systemd,
                "--memory=" + memory,
                "--memory-swap=" + memory,
                debian,
                "dd",
                "if=/dev/zero",
                "of=/dev/null",
                "count=1",
                "bs=" + taken);

        if (TestRacker.MACHINED) {
            assertEquals(0, result.status(), result.toString());
            assertTrue(result.err().startsWith(WARNING + "--memory: the cgroup controller \"memory\" is missing.\n"));
        } else {
            assertEquals(137, result.status(), result.toString());
            assertEquals(
                    "racker: The machine ran out of memory, and the kernel ended a process of it: it may use " + memory
                            + ". Give it more with --memory.\n",
                    result.err());
        }
    }

    @Test
    void a_boot_that_runs_out_of_memory_says_so() throws Exception {
        Result result = racker.run(
                "run", "--rm", "--network=none", "--memory=10m", "--memory-swap=10m", debian, "echo", "booted");

        if (TestRacker.MACHINED) {
            assertEquals("booted\n", result.ok());
        } else {
            assertEquals(125, result.status(), result.toString());
            assertTrue(result.err().contains(", but it ran out of memory, and the kernel ended"), result.err());
            assertTrue(result.err().endsWith("\nGive it more with --memory.\n"), result.err());
        }
    }

    @Test
    void that_a_container_in_the_background_ran_out_of_memory_is_an_event() throws Exception {
        List<String> line =
                new ArrayList<>(List.of("run", "-d", "--name=starved", "--network=none", "--systemd=false"));
        line.addAll(List.of("--memory=10m", "--memory-swap=10m", debian, "dd"));
        line.addAll(List.of("if=/dev/zero", "of=/dev/null", "count=1", "bs=20M"));
        racker.run(line.toArray(String[]::new)).ok();
        racker.run("wait", "starved").ok();

        String events = racker.run(
                        "events",
                        "--since=0",
                        "--until=0s",
                        "--filter=container=starved",
                        "--filter=event=oom",
                        "--filter=event=die",
                        "--format={{.Action}} {{with .Actor.Attributes.exitCode}}{{.}}{{end}}")
                .ok();
        assertEquals(TestRacker.MACHINED ? "die 0\n" : "oom \ndie 137\n", events);
        racker.run("rm", "starved").ok();
    }

    @Test
    void what_takes_less_memory_is_not() throws Exception {
        Result result =
                run("--systemd=false", "-m", "64m", debian, "dd", "if=/dev/zero", "of=/dev/null", "bs=20M", "count=1");

        assertEquals(0, result.status(), result.toString());
        assertTrue(!result.err().contains("out of memory"), result.err());
    }

    @Test
    void a_fork_bomb_stays_inside_its_limit() throws Exception {
        Result result = run("--systemd=false", "--pids-limit=20", debian, "perl", "-e", BOMB);

        int processes = Integer.parseInt(result.ok());
        if (TestRacker.MACHINED) {
            assertTrue(result.err().startsWith(WARNING + "--pids-limit: "), result.err());
        } else {
            assertTrue(processes > 10 && processes <= 20, result.toString());
        }
    }

    @Test
    void what_cannot_be_enforced_is_an_error_when_it_must_be() throws Exception {
        Result result = run("--strict-limits", "--systemd=false", "--cpu-shares=512", debian, "true");

        if (TestRacker.MACHINED) {
            assertEquals(125, result.status(), result.toString());
            assertEquals(
                    "racker: This host cannot enforce --cpu-shares: the cgroup controller \"cpu\" is missing.\n"
                            + "Leave out --strict-limits to go on without, or enable the controller.\n",
                    result.err());
        } else {
            result.ok();
        }
    }

    @Test
    void a_busy_loop_gets_its_share_and_whoever_enters_its_machine_shares_it() throws Exception {
        Process process = racker.start(
                "run",
                "--rm",
                "-q",
                "--network=none",
                "--systemd=false",
                "--cpus=0.2",
                "-m=50m",
                "--name=busy",
                debian,
                "sh",
                "-c",
                "echo up; while :; do :; done");
        try {
            assertEquals("up", process.inputReader().readLine());
            Path machine = machine();
            eventuallyIn(machine, "word of its leader", () -> Files.exists(machine.resolve("leader")));
            int entered = racker.run("exec", "busy", "dd", "if=/dev/zero", "of=/dev/null", "bs=100M", "count=1")
                    .status();

            assertEquals(TestRacker.MACHINED ? 0 : 137, entered);
            if (!TestRacker.MACHINED) {
                double share = share(machine.getFileName().toString());
                assertTrue(share > 0.1 && share < 0.25, "its share is " + share);
            }
        } finally {
            racker.signal("TERM", process);
            TestRacker.finish(process, InputStream.nullInputStream());
        }
    }

    /** Of one processor: what it has used in the periods of its quota, which are 100 ms long, while 15 of them passed. */
    private double share(String id) throws Exception {
        Path cpu = Path.of("/sys/fs/cgroup/cpu/racker-" + id + "/cpu.stat");
        Path all = Path.of("/sys/fs/cgroup/unified/racker-" + id + "/cpu.stat");
        long periods = number(cpu, "nr_periods");
        long used = number(all, "usage_usec");
        eventually("15 periods", () -> number(cpu, "nr_periods") >= periods + 15);
        return (number(all, "usage_usec") - used) / 100_000.0 / (number(cpu, "nr_periods") - periods);
    }

    private static long number(Path file, String key) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key + " "))
                    .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path machine() {
        return list(racker.runDirectory().resolve("machines")).get(0);
    }

    private static List<Path> list(Path directory) {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            children.forEach(all::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    @Test
    void a_container_that_stays_is_looked_at_and_its_limits_are_changed() throws Exception {
        racker.run("run", "-d", "-q", "--network=none", "--name=limited", "-m", "256m", debian)
                .ok();
        try {
            String id = racker.run("stats", "--no-stream", "--format", "{{.ID}}", "limited")
                    .ok()
                    .strip();
            String[] row = racker.run("stats", "--no-stream", "--format", "{{.Name}}|{{.MemUsage}}|{{.PIDs}}")
                    .ok()
                    .strip()
                    .split("\\|");
            String top = racker.run("top", "limited", "-o", "pid,uid,comm").ok();
            Result update = racker.run("update", "--memory=300m", "--pids-limit=100", "limited");

            assertEquals("limited", row[0]);
            assertTrue(row[1].endsWith(TestRacker.MACHINED ? "GiB" : " / 256MiB"), row[1]);
            assertTrue(Integer.parseInt(row[2]) > 2, row[2]);
            assertEquals(
                    "PID UID COMMAND", top.lines().findFirst().orElseThrow().replaceAll(" +", " "));
            assertTrue(top.contains("   systemd\n") && top.contains("   systemd-journal\n"), top);
            assertTrue(!top.contains("systemd-nspawn"), top);
            assertEquals("limited\n", update.ok());
            if (TestRacker.MACHINED) {
                assertTrue(update.err().startsWith(WARNING + "--memory: "), update.err());
                assertEquals(
                        "MemoryMax=314572800",
                        racker.tool("systemctl", "show", "--property=MemoryMax", "racker-" + id + ".service")
                                .text());
            } else {
                assertEquals("", update.err());
                assertEquals(
                        "314572800\n",
                        Files.readString(Path.of("/sys/fs/cgroup/memory/racker-" + id + "/memory.limit_in_bytes")));
            }
            assertEquals(1, racker.run("top", "nobody").status());
        } finally {
            racker.run("rm", "-f", "limited").ok();
        }
    }
}
