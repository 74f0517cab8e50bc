package dev.racker.harness.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupsTest {

    @TempDir
    Path directory;

    @Test
    void controllers_of_version_1_beside_version_2_are_hybrid() {
        Cgroups cgroups = FakeRoot.containerHybrid(directory).host().cgroups();
        assertEquals(CgroupLayout.HYBRID, cgroups.layout());
        assertEquals(
                List.of("blkio", "cpu", "cpuacct", "cpuset", "devices", "freezer", "hugetlb", "memory", "pids"),
                cgroups.controllers());
    }

    @Test
    void named_and_version_2_hierarchies_are_told_with_their_places() {
        List<CgroupHierarchy> hierarchies =
                FakeRoot.containerHybrid(directory).host().cgroups().hierarchies();
        assertTrue(
                hierarchies.contains(new CgroupHierarchy(Path.of("/sys/fs/cgroup/systemd"), 1, "systemd", List.of())));
        assertTrue(hierarchies.contains(
                new CgroupHierarchy(Path.of("/sys/fs/cgroup/unified"), 2, "", List.of("hugetlb"))));
        assertTrue(
                hierarchies.contains(new CgroupHierarchy(Path.of("/sys/fs/cgroup/memory"), 1, "", List.of("memory"))));
        assertEquals(10, hierarchies.size());
    }

    @Test
    void version_2_at_the_top_is_unified_and_lists_its_controllers() {
        Cgroups cgroups = FakeRoot.systemdUnified(directory)
                .write("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory hugetlb pids\n")
                .host()
                .cgroups();
        assertEquals(CgroupLayout.UNIFIED, cgroups.layout());
        assertEquals(List.of("cpu", "cpuset", "hugetlb", "io", "memory", "pids"), cgroups.controllers());
    }

    @Test
    void version_2_without_controllers_is_unified_all_the_same() {
        Cgroups cgroups = FakeRoot.systemdUnified(directory)
                .write("/sys/fs/cgroup/cgroup.controllers", "\n")
                .host()
                .cgroups();
        assertEquals(CgroupLayout.UNIFIED, cgroups.layout());
        assertEquals(List.of(), cgroups.controllers());
    }

    @Test
    void version_1_alone_is_legacy() {
        Host host = FakeRoot.empty(directory).write("/proc/self/mountinfo", """
                        31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
                        32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct
                        33 31 0:30 / /sys/fs/cgroup/systemd rw shared:8 - cgroup cgroup rw,xattr,name=systemd
                        """).host();
        assertEquals(CgroupLayout.LEGACY, host.cgroupLayout());
        assertEquals(List.of("cpu", "cpuacct"), host.cgroups().controllers());
    }

    @Test
    void a_later_mount_hides_the_earlier_one() {
        Host host = FakeRoot.empty(directory).write("/proc/self/mountinfo", """
                        31 23 0:28 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw
                        32 23 0:29 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw
                        """).host();
        assertEquals(CgroupLayout.NONE, host.cgroupLayout());
    }

    @Test
    void no_mount_is_none() {
        assertEquals(CgroupLayout.NONE, FakeRoot.empty(directory).host().cgroupLayout());
    }
}
