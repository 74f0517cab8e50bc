package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Isolation;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.Seccomp;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.PlainWords;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitOptionsTest {

    private static final class Both extends Options {

        final LimitOptions limits = include(new LimitOptions());
        final IsolationOptions isolation = include(new IsolationOptions());
    }

    private static Both parse(String... arguments) {
        Both options = new Both();
        assertTrue(PlainWords.read(options, List.of(arguments)));
        return options;
    }

    @Test
    void limits_are_read_as_docker_reads_them() {
        Limits limits = parse(
                        "-m",
                        "10m",
                        "--memory-swap=-1",
                        "--memory-reservation=8m",
                        "--cpus=1.5",
                        "-c",
                        "512",
                        "--cpuset-cpus=0-1",
                        "--cpuset-mems=0",
                        "--pids-limit=-1",
                        "--blkio-weight=10")
                .limits
                .limits();

        assertEquals(new Limits(10 << 20, -1, 8 << 20, 1_500_000_000, 0, 0, 512, "0-1", "0", -1, 10), limits);
    }

    @Test
    void nothing_is_limited_when_nothing_is_asked_for() {
        assertTrue(parse().limits.limits().isNone());
        assertFalse(parse().limits.areGiven());
        assertTrue(parse("--pids-limit=0").limits.areGiven());
        assertEquals(Isolation.of(true, false), parse().isolation.isolation(true, null));
        assertFalse(parse().isolation.hostUsers());
        assertTrue(parse("--userns=host").isolation.hostUsers());
    }

    @Test
    void a_change_replaces_what_it_names_and_nothing_else() {
        Limits limits = new Limits(10 << 20, 0, 0, 500_000_000, 0, 0, 0, "", "", 100, 0);

        assertEquals(
                new Limits(20 << 20, 40 << 20, 0, 0, 50_000, 25_000, 0, "1", "", 100, 0),
                parse("-m20m", "--memory-swap=40m", "--cpu-period=50000", "--cpu-quota=25000", "--cpuset-cpus=1")
                        .limits
                        .changing(limits));
        assertEquals(limits, parse().limits.changing(limits));
    }

    @ParameterizedTest
    @CsvSource({"--cpus, x", "--cpus, 0.0000000001", "-m, lots", "--memory-swap, 1x", "--cpuset-cpus, a"})
    void what_is_not_understood_is_quoted(String option, String value) {
        LimitOptions options = parse(option, value).limits;

        HarnessException failure = assertThrows(HarnessException.class, options::limits);

        assertTrue(failure.getMessage().contains("\"" + value + "\""), failure.getMessage());
    }

    @Test
    void isolation_is_read_as_docker_reads_it() {
        Isolation isolation = parse(
                        "--privileged",
                        "--read-only",
                        "--cap-add=net_admin",
                        "--cap-drop=ALL",
                        "--security-opt=no-new-privileges:true",
                        "--security-opt=seccomp=unconfined",
                        "--sysctl=net.ipv4.ip_forward=1",
                        "--ulimit=nofile=1:2",
                        "--ulimit=nofile=3",
                        "--device=/dev/fuse",
                        "--oom-score-adj=-5",
                        "--shm-size=1g")
                .isolation
                .isolation(true, null);

        assertTrue(isolation.privileged() && isolation.readOnly() && isolation.noNewPrivileges());
        assertEquals(List.of("CAP_NET_ADMIN"), isolation.addedCapabilities());
        assertEquals(List.of("ALL"), isolation.droppedCapabilities());
        assertEquals(Optional.of(Seccomp.none()), isolation.seccomp());
        assertEquals(Map.of("net.ipv4.ip_forward", "1"), isolation.sysctls());
        assertEquals("[nofile=3:3]", isolation.ulimits().toString());
        assertEquals("[/dev/fuse:/dev/fuse:rwm]", isolation.devices().toString());
        assertEquals(-5, isolation.oomScore());
        assertEquals(1L << 30, isolation.sharedMemory());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--security-opt=apparmor=x",
                "--security-opt=seccomp",
                "--security-opt=no-new-privileges=maybe",
                "--sysctl=x",
                "--sysctl=kernel.hostname=x"
            })
    void isolation_that_is_not_understood_is_quoted(String option) {
        IsolationOptions options = parse(option).isolation;

        HarnessException failure = assertThrows(HarnessException.class, () -> options.isolation(true, null));

        String value = option.substring(option.indexOf('=') + 1).replace("kernel.hostname=x", "kernel.hostname");
        assertTrue(failure.getMessage().contains("\"" + value + "\""), failure.getMessage());
    }

    @Test
    void the_processes_of_a_container_are_picked_from_the_hosts() {
        String list = "UID          PID    PPID  C STIME TTY          TIME CMD\n"
                + "root           1       0  0 05:43 ?        00:00:00 /init --a b\n"
                + "524288        12       1  0 05:43 ?        00:00:00 /usr/bin/x  y z\n";

        assertEquals(
                "UID      PID   PPID   C   STIME   TTY   TIME       CMD\n"
                        + "524288   12    1      0   05:43   ?     00:00:00   /usr/bin/x  y z\n",
                print(list, Set.of(12L, 13L)));
        assertEquals("PID   COMMAND\n", print("    PID COMMAND\n      - -\n", Set.of(1L)));
        assertThrows(HarnessException.class, () -> TopCommand.rows("COMMAND\nx\n", Set.of(1L)));
    }

    private static String print(String list, Set<Long> processes) {
        StringWriter text = new StringWriter();
        TopCommand.rows(list, processes).print(new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "1023, 1023B",
        "1024, 1KiB",
        "1536, 1.5KiB",
        "9711910, 9.262MiB",
        "104857600, 100MiB",
        "25275904000, 23.54GiB"
    })
    void memory_is_told_with_four_digits(long bytes, String text) {
        assertEquals(text, StatsRow.binary(bytes));
    }
}
