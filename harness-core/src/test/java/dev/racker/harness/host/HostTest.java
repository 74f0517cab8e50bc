package dev.racker.harness.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTest {

    @TempDir
    Path directory;

    @Test
    void init_is_systemd_with_the_version_of_its_library() {
        assertEquals(
                new Init("systemd", "252"),
                FakeRoot.systemdUnified(directory).host().init());
    }

    @Test
    void init_version_is_found_where_fedora_and_arch_keep_the_library() {
        Host host = FakeRoot.systemdUnified(directory)
                .remove("/usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-252.so")
                .write("/usr/lib/systemd/libsystemd-shared-254.5-1.fc39.so", "")
                .host();
        assertEquals(new Init("systemd", "254.5-1.fc39"), host.init());
    }

    @Test
    void init_of_a_container_is_the_name_of_pid_1() {
        assertEquals(
                new Init("tini", ""), FakeRoot.containerHybrid(directory).host().init());
    }

    @Test
    void init_is_unknown_without_proc() {
        assertEquals(new Init("unknown", ""), FakeRoot.empty(directory).host().init());
    }

    @Test
    void user_namespaces_are_limited_by_the_sysctl() {
        Host host = FakeRoot.containerHybrid(directory).host();
        assertEquals(Feature.present("at most 96365"), host.userNamespaces());
    }

    @Test
    void user_namespaces_are_absent_when_the_limit_is_zero() {
        Host host = FakeRoot.containerHybrid(directory)
                .write("/proc/sys/user/max_user_namespaces", "0\n")
                .host();
        assertEquals(Feature.absent("the sysctl user.max_user_namespaces is 0"), host.userNamespaces());
    }

    @Test
    void user_namespaces_are_absent_from_a_kernel_without_them() {
        Host host =
                FakeRoot.containerHybrid(directory).remove("/proc/self/ns/user").host();
        assertFalse(host.userNamespaces().available());
    }

    @Test
    void overlay_is_found_in_the_kernel() {
        assertEquals(
                Feature.present("in the kernel"),
                FakeRoot.containerHybrid(directory).host().overlay());
    }

    @Test
    void overlay_is_found_as_a_module_that_is_not_loaded_yet() {
        Host host = FakeRoot.containerHybrid(directory)
                .replace("/proc/filesystems", "nodev\toverlay\n", "")
                .write("/lib/modules/6.18.44-fc-v595/kernel/fs/overlayfs/overlay.ko.xz", "")
                .host();
        assertTrue(host.overlay().available());
        assertTrue(host.overlay().detail().contains("module"));
    }

    @Test
    void overlay_is_absent_without_kernel_support_and_module() {
        Host host = FakeRoot.containerHybrid(directory)
                .replace("/proc/filesystems", "nodev\toverlay\n", "")
                .host();
        assertFalse(host.overlay().available());
    }

    @Test
    void kernel_tells_release_and_architecture() {
        assertEquals(
                new Kernel("6.18.44-fc-v595", "x86_64"),
                FakeRoot.containerHybrid(directory).host().kernel());
    }

    @Test
    void memory_is_in_bytes() {
        assertEquals(
                24684096L * 1024, FakeRoot.containerHybrid(directory).host().memory());
    }

    @Test
    void memory_is_unknown_without_proc() {
        assertEquals(-1, FakeRoot.empty(directory).host().memory());
    }

    @Test
    void inotify_limit_tells_how_many_machines_fit() {
        InotifyLimits limits = FakeRoot.containerHybrid(directory).host().inotify();
        assertEquals(new InotifyLimits(128, 192536), limits);
        assertEquals(25, limits.machinesAtOnce());
        assertTrue(limits.isLow());
    }

    @Test
    void inotify_limit_of_the_recommended_size_is_not_low() {
        assertFalse(new InotifyLimits(InotifyLimits.RECOMMENDED_INSTANCES, 192536).isLow());
        assertFalse(new InotifyLimits(-1, -1).isLow());
    }

    @Test
    void root_with_the_capabilities_of_a_machine_lacks_nothing() {
        Host host = FakeRoot.containerHybrid(directory).host();
        assertTrue(host.isRoot());
        assertEquals(List.of(), host.privileges().missing());
    }

    @Test
    void root_of_a_plain_container_lacks_capabilities() {
        // What docker run leaves by default.
        Host host = FakeRoot.containerHybrid(directory)
                .replace("/proc/self/status", "CapEff:\t000001fffeffffff", "CapEff:\t00000000a80425fb")
                .host();
        assertEquals(
                List.of(Capability.CAP_NET_ADMIN, Capability.CAP_SYS_PTRACE, Capability.CAP_SYS_ADMIN),
                host.privileges().missing());
    }

    @Test
    void the_effective_user_decides_who_is_root() {
        Host host = FakeRoot.containerHybrid(directory)
                .replace("/proc/self/status", "Uid:\t0\t0\t0\t0", "Uid:\t0\t1000\t0\t1000")
                .host();
        assertFalse(host.isRoot());
        assertEquals(1000, host.privileges().effectiveUser());
    }

    @Test
    void nobody_is_root_without_proc() {
        assertFalse(FakeRoot.empty(directory).host().isRoot());
    }

    @Test
    void distribution_is_what_os_release_says() {
        assertEquals(
                new HostDistribution("debian", List.of(), "12", "Debian GNU/Linux 12 (bookworm)"),
                FakeRoot.containerHybrid(directory).host().distribution());
    }

    @Test
    void distribution_is_found_in_usr_lib_when_etc_has_none() {
        Host host = FakeRoot.empty(directory)
                .write("/usr/lib/os-release", "NAME=\"Some\"\nID='some'\nID_LIKE=\"fedora rhel\"\n")
                .host();
        assertEquals(new HostDistribution("some", List.of("fedora", "rhel"), "", "Linux"), host.distribution());
    }

    @ParameterizedTest
    @CsvSource({
        "debian,'',APT",
        "ubuntu,debian,APT",
        "linuxmint,ubuntu debian,APT",
        "fedora,'',DNF",
        "rocky,rhel centos fedora,DNF",
        "centos,rhel fedora,DNF",
        "opensuse-tumbleweed,opensuse suse,ZYPPER",
        "sles,suse,ZYPPER",
        "arch,'',PACMAN",
        "manjaro,arch,PACMAN",
        "arch,debian,PACMAN"
    })
    void package_manager_follows_the_distribution(String id, String like, HostPackageManager expected) {
        Host host = FakeRoot.empty(directory)
                .write("/etc/os-release", "ID=" + id + "\nID_LIKE=\"" + like + "\"\n")
                .program("/usr/bin/apt-get", "exit 1")
                .host();
        assertEquals(Optional.of(expected), host.packageManager());
    }

    @Test
    void package_manager_of_an_unknown_distribution_is_the_one_that_is_installed() {
        Host host = FakeRoot.empty(directory)
                .write("/etc/os-release", "ID=unheard\n")
                .program("/usr/bin/zypper", "exit 1")
                .host();
        assertEquals(Optional.of(HostPackageManager.ZYPPER), host.packageManager());
    }

    @Test
    void package_manager_can_be_none_of_ours() {
        assertEquals(Optional.empty(), FakeRoot.empty(directory).host().packageManager());
    }
}
