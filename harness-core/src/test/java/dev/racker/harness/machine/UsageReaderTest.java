package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Host;
import dev.racker.harness.overlay.LayerStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageReaderTest {

    private static final long HOST = 1L << 30;

    @TempDir
    Path root;

    @BeforeEach
    void processes() throws IOException {
        file("proc/7/net/dev", """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo
                    lo:    5000       5    0    0    0     0          0         0     5000       5    0    0
                  eth0:    1000       5    0    0    0     0          0         0      300       5    0    0
                  eth1:       1       5    0    0    0     0          0         0        2       5    0    0
                """);
        for (int process : List.of(7, 8)) {
            file("proc/" + process + "/status", "Name:\tx\nThreads:\t2\n");
            file("proc/" + process + "/statm", "100 10 5 1 0 1 0\n");
            file("proc/" + process + "/io", "rchar: 1\nread_bytes: 4096\nwrite_bytes: 10\n");
        }
    }

    @Test
    void version_2_counts() throws IOException {
        file("v2/payload/init.scope/cgroup.procs", "7\n");
        file("v2/payload/a.service/cgroup.procs", "8\n");
        file("v2/cpu.stat", "usage_usec 1500\nuser_usec 1\n");
        file("v2/memory.current", "99999\n");
        file("v2/payload/memory.current", "5000\n");
        file("v2/payload/memory.stat", "anon 1\ninactive_file 1000\n");
        file("v2/payload/memory.max", "max\n");
        file("v2/memory.max", "10000\n");
        file("v2/io.stat", "8:0 rbytes=10 wbytes=20 rios=1\n8:16 rbytes=1 wbytes=2 rios=1\n");

        assertEquals(new MachineUsage(1_500_000, 4000, 10_000, 1001, 302, 11, 22, 4), read(true, root.resolve("v2")));
    }

    @Test
    void version_1_counts() throws IOException {
        file("systemd/payload/cgroup.procs", "7\n");
        file("cpuacct/cpuacct.usage", "123\n");
        file("memory/memory.usage_in_bytes", "5000\n");
        file("memory/memory.stat", "inactive_file 1\ntotal_inactive_file 500\n");
        file("memory/memory.limit_in_bytes", "9223372036854771712\n");
        file("blkio/blkio.throttle.io_service_bytes_recursive", "8:0 Read 10\n8:0 Write 20\n8:0 Total 30\nTotal 30\n");

        assertEquals(
                new MachineUsage(123, 4500, HOST, 0, 0, 10, 20, 2),
                read(
                        false,
                        root.resolve("systemd"),
                        root.resolve("cpuacct"),
                        root.resolve("memory"),
                        root.resolve("blkio")));
    }

    @Test
    void a_payload_directory_that_nobody_is_in_hides_nothing() throws IOException {
        file("systemd/payload/cgroup.procs", "7\n");
        file("cpuacct/payload/cgroup.procs", "");
        file("cpuacct/payload/cpuacct.usage", "0\n");
        file("cpuacct/cpuacct.usage", "123\n");
        file("memory/payload/memory.usage_in_bytes", "0\n");
        file("memory/payload/memory.limit_in_bytes", "9223372036854771712\n");
        file("memory/memory.usage_in_bytes", "5000\n");
        file("memory/memory.limit_in_bytes", "10000\n");

        MachineUsage usage = read(false, root.resolve("systemd"), root.resolve("cpuacct"), root.resolve("memory"));

        assertEquals(new MachineUsage(123, 5000, 10_000, 0, 0, 4096, 10, 2), usage);
    }

    @Test
    void without_controllers_the_processes_are_looked_at() throws IOException {
        file("v2/payload/cgroup.procs", "7\n8\n9\n");

        assertEquals(new MachineUsage(0, 20 * 4096, HOST, 0, 0, 8192, 20, 4), read(false, root.resolve("v2")));
        assertEquals(Set.of(7L, 8L, 9L), MachineProcesses.of(List.of(root.resolve("v2"))));
    }

    @Test
    void a_machine_that_has_ended_uses_nothing() {
        assertEquals(new MachineUsage(0, 0, HOST, 0, 0, 0, 0, 0), read(false, root.resolve("none")));
    }

    @Test
    void limits_change_in_an_order_that_the_kernel_takes() throws IOException {
        file("sys/fs/cgroup/memory/racker-1/memory.limit_in_bytes", "1");
        file("sys/fs/cgroup/memory/racker-1/memory.memsw.limit_in_bytes", "2");
        file("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");
        DirectPlane plane = new DirectPlane(root, new Host(root, Map.of()));
        Limits limits = Limits.none().withMemory(10 << 20);

        plane.change(spec(limits), null);

        assertEquals("10485760", Files.readString(root.resolve("sys/fs/cgroup/memory/racker-1/memory.limit_in_bytes")));
        assertEquals(
                "20971520",
                Files.readString(root.resolve("sys/fs/cgroup/memory/racker-1/memory.memsw.limit_in_bytes")));
        file("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n");
        DirectPlane other = new DirectPlane(root, new Host(root, Map.of()));
        assertThrows(
                HarnessException.class, () -> other.change(spec(Limits.none().withPids(5)), null));
    }

    private MachineSpec spec(Limits limits) {
        MachinePlace place =
                new MachinePlace(Path.of("/run/r"), Path.of("/srv/c"), Path.of("/srv/n"), Path.of("/srv/f"), false);
        LayerStack stack =
                new LayerStack(List.of(Path.of("/l")), Path.of("/srv/c/upper"), Path.of("/srv/c/work"), false, 0);
        return new MachineSpec(
                "1", "m", "m", stack, place, Isolation.of(true, false), List.of(), List.of(), limits, Optional.empty());
    }

    private MachineUsage read(boolean ownNetwork, Path... cgroups) {
        return new UsageReader(List.of(cgroups), 7, HOST, root.resolve("proc")).read(ownNetwork);
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
    }
}
