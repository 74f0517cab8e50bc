package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What limits become on hosts of each layout, in both control planes. */
class LimitPlanTest {

    private static final long MB = 1 << 20;
    private static final Limits ALL =
            new Limits(10 * MB, 15 * MB, 8 * MB, 1_500_000_000, 0, 0, 512, "0-1", "0", 100, 500);
    private static final Limits MEMORY = Limits.none().withMemory(10 * MB);

    @TempDir
    Path root;

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
    void units_are_limited_in_the_words_of_version_2() throws IOException {
        unified("cpuset cpu io memory pids", "");

        UnitLimits plan = UnitLimits.of(host().cgroups(), ALL, List.of());

        assertEquals(
                List.of(
                        "MemoryMax=10485760",
                        "MemorySwapMax=5242880",
                        "MemoryLow=8388608",
                        "CPUQuota=150%",
                        "CPUWeight=20",
                        "AllowedCPUs=0-1",
                        "AllowedMemoryNodes=0",
                        "TasksMax=104",
                        "IOWeight=4950"),
                plan.properties());
        assertEquals(List.of(), plan.unenforced());
    }

    @Test
    void units_are_limited_in_the_words_of_version_1_as_far_as_systemd_goes() throws IOException {
        version1("memory", "cpu,cpuacct", "cpuset", "pids", "blkio");

        UnitLimits plan = UnitLimits.of(host().cgroups(), ALL, List.of());

        assertEquals(
                List.of("MemoryLimit=10485760", "CPUQuota=150%", "CPUShares=512", "TasksMax=104", "BlockIOWeight=500"),
                plan.properties());
        assertEquals(
                List.of("--memory-swap", "--memory-reservation", "--cpuset-cpus", "--cpuset-mems"),
                plan.unenforced().stream().map(Unenforced::option).toList());
    }

    @Test
    void units_without_controllers_are_told_of() throws IOException {
        unified("", "");

        UnitLimits plan = UnitLimits.of(host().cgroups(), MEMORY, List.of());

        assertEquals(
                List.of("This host cannot enforce --memory: the cgroup controller \"memory\" is missing."),
                messages(plan.unenforced()));
    }

    @Test
    void fractions_of_a_processor_are_quotas() throws IOException {
        unified("cpu", "cpu");
        Limits third = new Limits(0, 0, 0, 0, 30_000, 10_000, 0, "", "", 0, 0);
        Limits unlimited = new Limits(0, 0, 0, 0, 0, -1, 0, "", "", -1, 0);

        assertEquals(
                List.of("CPUQuota=33.33%", "CPUQuotaPeriodSec=30000us"),
                UnitLimits.of(host().cgroups(), third, List.of()).properties());
        assertEquals(
                List.of("CPUQuota=", "TasksMax=infinity"),
                UnitLimits.of(host().cgroups(), unlimited, List.of()).properties());
        assertEquals(List.of("r cpu.max=max 100000"), lines(direct(unlimited)));
    }

    @Test
    void units_get_the_devices_that_nspawn_needs_beside_their_own() throws IOException {
        unified("", "");

        List<String> properties = UnitLimits.of(host().cgroups(), Limits.none(), List.of(Device.parse("/dev/zero:r")))
                .properties();

        assertEquals("DevicePolicy=closed", properties.get(0));
        assertTrue(properties.contains("DeviceAllow=char-pts rw"), properties.toString());
        assertEquals("DeviceAllow=/dev/zero rm", properties.get(properties.size() - 1));
        assertEquals(
                List.of(),
                UnitLimits.of(host().cgroups(), Limits.none(), List.of(Device.parse("/dev/zero")))
                        .properties());
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

    private Path top() {
        return root.resolve("sys/fs/cgroup");
    }

    private void version1(String... hierarchies) throws IOException {
        for (String controllers : hierarchies) {
            Files.createDirectories(top().resolve(controllers));
            mount(controllers, "cgroup", "rw," + controllers);
            if (controllers.equals("cpuset")) {
                file("cpuset/cpuset.cpus", "0-3\n");
                file("cpuset/cpuset.mems", "0-3\n");
            }
        }
    }

    private void unified(String controllers, String handedDown) throws IOException {
        file("cgroup.controllers", controllers + "\n");
        file("cgroup.subtree_control", handedDown + "\n");
        mount("", "cgroup2", "rw");
    }

    private void mount(String place, String type, String options) throws IOException {
        Path mounts = root.resolve("proc/self/mountinfo");
        Files.createDirectories(mounts.getParent());
        String old = Files.exists(mounts) ? Files.readString(mounts) : "";
        String at = place.isEmpty() ? "/sys/fs/cgroup" : "/sys/fs/cgroup/" + place;
        Files.writeString(mounts, old + "30 23 0:26 / " + at + " rw,relatime - " + type + " cgroup " + options + "\n");
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(top().resolve(name).getParent());
        Files.writeString(top().resolve(name), text);
    }

    private Host host() {
        return new Host(root, Map.of());
    }

    private DirectLimits direct(Limits limits) {
        return plan(limits, List.of());
    }

    private DirectLimits plan(Limits limits, List<Device> devices) {
        return DirectLimits.of(root, host().cgroups(), "r", limits, devices);
    }

    private List<String> lines(DirectLimits plan) {
        List<String> lines = new ArrayList<>();
        for (CgroupSetting setting : plan.settings()) {
            Path file = top().relativize(Path.of(setting.file()));
            lines.add(file.getParent() + " " + file.getFileName() + "=" + setting.value());
        }
        return lines;
    }

    private static List<String> messages(List<Unenforced> limits) {
        return limits.stream().map(Unenforced::message).toList();
    }
}
