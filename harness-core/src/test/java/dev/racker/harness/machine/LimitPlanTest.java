package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What limits become on hosts of each layout of control groups. */
class LimitPlanTest extends LimitPlanCase {

    @Test
    void all_limits_in_hierarchies_of_version_1() throws IOException {
        version1("memory", "cpu,cpuacct", "cpuset", "pids", "blkio");
        file("blkio/x/blkio.bfq.weight", "100");
        file("memory/memory.memsw.limit_in_bytes", "");

        DirectLimits plan = direct(ALL);

        assertEquals(
                List.of(
                        "memory/r memory.limit_in_bytes=10485760",
                        "memory/r memory.memsw.limit_in_bytes=15728640",
                        "memory/r memory.soft_limit_in_bytes=8388608",
                        "cpu,cpuacct/r cpu.cfs_period_us=100000",
                        "cpu,cpuacct/r cpu.cfs_quota_us=150000",
                        "cpu,cpuacct/r cpu.shares=512",
                        "cpuset/r cpuset.cpus=0-3",
                        "cpuset/r cpuset.mems=0-3",
                        "cpuset/r cpuset.cpus=0-1",
                        "cpuset/r cpuset.mems=0",
                        "pids/r pids.max=101",
                        "blkio/r blkio.weight=500",
                        "blkio/r blkio.bfq.weight=500"),
                lines(plan));
        assertEquals(List.of(), plan.unenforced());
        assertEquals(
                List.of("memory/r", "cpu,cpuacct/r", "cpuset/r", "pids/r", "blkio/r"),
                plan.directories().stream()
                        .map(directory -> directory.substring(top().toString().length() + 1))
                        .toList());
    }

    @Test
    void all_limits_in_the_unified_hierarchy() throws IOException {
        unified("cpuset cpu io memory pids", "cpuset cpu io memory pids");
        file("x/io.weight", "default 100");
        file("x/memory.swap.max", "max");

        DirectLimits plan = direct(ALL);

        assertEquals(
                List.of(
                        "r memory.max=10485760",
                        "r memory.swap.max=5242880",
                        "r memory.low=8388608",
                        "r cpu.max=150000 100000",
                        "r cpu.weight=20",
                        "r cpuset.cpus=0-1",
                        "r cpuset.mems=0",
                        "r pids.max=101",
                        "r io.bfq.weight=500",
                        "r io.weight=4950"),
                lines(plan));
        assertEquals(List.of(), plan.unenforced());
        assertEquals(List.of(), List.copyOf(plan.directories()));
    }

    @Test
    void a_controller_of_version_2_beside_version_1_is_found() throws IOException {
        version1("memory");
        file("unified/cgroup.controllers", "pids\n");
        file("unified/cgroup.subtree_control", "pids\n");
        mount("unified", "cgroup2", "rw");

        DirectLimits plan = direct(MEMORY.withPids(10));

        assertEquals(
                List.of(
                        "memory/r memory.limit_in_bytes=10485760",
                        "memory/r memory.memsw.limit_in_bytes=20971520",
                        "unified/r pids.max=11"),
                lines(plan));
    }

    @Test
    void a_controller_is_handed_down_when_it_is_needed() throws IOException {
        unified("memory pids", "pids");

        assertEquals(List.of(), direct(MEMORY).unenforced());
        assertEquals("+memory", Files.readString(top().resolve("cgroup.subtree_control")));
    }

    @Test
    void a_controller_that_cannot_be_handed_down_is_named() throws IOException {
        unified("memory pids", "pids");
        Files.delete(top().resolve("cgroup.subtree_control"));

        assertEquals(
                List.of("This host cannot enforce --memory: the cgroup controller \"memory\" is not delegated to "
                        + "/sys/fs/cgroup."),
                messages(direct(MEMORY).unenforced()));
    }

    @Test
    void a_controller_that_is_missing_is_named_and_the_others_are_used() throws IOException {
        version1("memory");

        DirectLimits plan = direct(MEMORY.withPids(5));

        assertEquals(
                List.of("This host cannot enforce --pids-limit: the cgroup controller \"pids\" is missing."),
                messages(plan.unenforced()));
        assertEquals(2, plan.settings().size());
    }

    @Test
    void what_the_kernel_was_built_without_is_named() throws IOException {
        version1("memory", "blkio");

        List<String> messages = messages(direct(ALL).unenforced());

        assertTrue(
                messages.contains("This host cannot enforce --memory-swap: the cgroup controller \"memory\" has no "
                        + "memory.memsw.limit_in_bytes here."),
                messages.toString());
        assertTrue(
                messages.contains("This host cannot enforce --blkio-weight: the cgroup controller \"blkio\" has no "
                        + "blkio.weight here."),
                messages.toString());
        try (var left = Files.list(top().resolve("blkio"))) {
            assertEquals(List.of(), left.toList(), "the probe is removed");
        }
    }

    @Test
    void access_to_a_device_is_denied_in_version_1_and_cannot_be_in_version_2() throws IOException {
        List<Device> devices = List.of(Device.parse("/dev/null"), Device.parse("/dev/zero:r"));
        unified("memory", "memory");
        assertEquals(
                List.of("This host cannot enforce --device /dev/zero:/dev/zero:r: the cgroup controller \"devices\" of "
                        + "version 1 is missing, and all access is allowed."),
                messages(plan(Limits.none(), devices).unenforced()));

        version1("devices");
        assertEquals(List.of("devices/r devices.deny=c 1:5 w"), lines(plan(Limits.none(), devices)));
    }

    @Test
    void machines_that_stay_are_counted() throws IOException {
        version1("memory", "cpu,cpuacct", "cpuset", "pids", "freezer");
        DirectLimits plan = direct(Limits.none());
        plan.addAccounting();

        assertEquals(
                List.of("memory/r", "cpu,cpuacct/r", "cpuset/r", "pids/r"),
                plan.directories().stream()
                        .map(directory -> top().relativize(Path.of(directory)).toString())
                        .toList());
        assertEquals(List.of("cpuset/r cpuset.cpus=0-3", "cpuset/r cpuset.mems=0-3"), lines(plan));
    }

    @Test
    void the_cgroups_of_a_machine_are_found_from_its_leader() throws IOException {
        version1("memory");
        Files.createDirectories(top().resolve("systemd"));
        Files.createDirectories(top().resolve("unified"));

        MachineCgroups cgroups = MachineCgroups.of(
                top(),
                List.of(
                        "9:name=systemd:/racker-1/payload/init.scope",
                        "8:pids:/",
                        "4:memory:/racker-1",
                        "0::/racker-1/payload"));

        assertEquals(
                List.of(
                        top().resolve("systemd/racker-1"),
                        top().resolve("memory/racker-1"),
                        top().resolve("unified/racker-1")),
                cgroups.tops());
    }

    @Test
    void a_kill_by_the_kernel_is_seen_in_either_version() throws IOException {
        version1("memory");
        file("memory/r/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n");
        assertEquals(false, OutOfMemory.counted(top().resolve("memory/r/memory.oom_control")));

        file("memory/r/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n");
        assertEquals(true, OutOfMemory.counted(top().resolve("memory/r/memory.oom_control")));
        file("x/memory.events", "low 0\noom 2\noom_kill 12\noom_group_kill 0\n");
        assertEquals(true, OutOfMemory.counted(top().resolve("x/memory.events")));
        assertEquals(false, OutOfMemory.counted(top().resolve("x/none")));
    }
}
