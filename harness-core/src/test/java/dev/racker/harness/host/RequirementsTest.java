package dev.racker.harness.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsTest {

    @TempDir
    Path directory;

    @Test
    void everything_missing_is_named_at_once_with_one_command() {
        Host host = FakeRoot.containerHybrid(directory)
                .program("/usr/bin/umoci", "exit 0")
                .host();
        MissingToolsException missing = assertThrows(
                MissingToolsException.class,
                () -> Requirements.check(host, Tool.SYSTEMD_NSPAWN, Tool.UMOCI, Tool.SKOPEO, Tool.MACHINECTL));
        assertEquals(List.of(Tool.SYSTEMD_NSPAWN, Tool.SKOPEO, Tool.MACHINECTL), missing.missing());
        assertEquals(
                "Tried to find the programs this needs, but these are not installed: systemd-nspawn (boots machines),"
                        + " skopeo (copies images from registries and archives), machinectl (lists and ends"
                        + " machines).",
                missing.getMessage());
        assertEquals(Optional.of("Run: apt-get install -y systemd-container skopeo"), missing.hint());
    }

    @Test
    void nothing_is_said_when_all_is_there() {
        Host host = FakeRoot.containerHybrid(directory)
                .program("/usr/bin/umoci", "exit 0")
                .program("/bin/skopeo", "exit 0")
                .host();
        assertDoesNotThrow(() -> Requirements.check(host, Tool.UMOCI, Tool.SKOPEO));
    }

    @Test
    void a_distribution_without_the_package_gets_the_rest_of_the_command_and_is_told() {
        Host host =
                FakeRoot.empty(directory).write("/etc/os-release", "ID=arch\n").host();
        MissingToolsException missing = assertThrows(
                MissingToolsException.class,
                () -> Requirements.check(host, Tool.UMOCI, Tool.SYSTEMD_NSPAWN, Tool.SKOPEO));
        String hint = missing.hint().orElseThrow();
        assertTrue(hint.startsWith("Run: pacman -S --needed --noconfirm systemd skopeo\n"), hint);
        assertTrue(hint.contains("no pacman package for umoci"), hint);
    }

    @Test
    void an_unknown_distribution_gets_no_command() {
        Host host = FakeRoot.empty(directory).host();
        MissingToolsException missing =
                assertThrows(MissingToolsException.class, () -> Requirements.check(host, Tool.UMOCI, Tool.TAR));
        assertEquals(Optional.of("Install umoci, tar with the package manager of this system."), missing.hint());
    }

    @Test
    void programs_are_found_in_the_order_of_path() {
        FakeRoot root = FakeRoot.empty(directory)
                .env("PATH", "/opt/bin:/usr/bin")
                .program("/usr/bin/tar", "exit 0")
                .program("/opt/bin/tar", "exit 0");
        assertEquals(Optional.of(root.at("/opt/bin/tar")), root.host().tool(Tool.TAR));
    }

    @Test
    void files_that_cannot_be_executed_and_directories_are_no_programs() throws IOException {
        FakeRoot root = FakeRoot.empty(directory)
                .env("PATH", "/a:/b:/c")
                .write("/a/tar", "")
                .program("/c/tar", "exit 0");
        Files.createDirectories(root.at("/b/tar"));
        assertEquals(Optional.of(root.at("/c/tar")), root.host().tool(Tool.TAR));
    }

    @Test
    void relative_and_empty_entries_of_path_are_not_searched() {
        FakeRoot root = FakeRoot.empty(directory).env("PATH", ":usr/bin:").program("/usr/bin/tar", "exit 0");
        assertEquals(Optional.empty(), root.host().tool(Tool.TAR));
    }

    @Test
    void usual_places_are_searched_without_path() {
        FakeRoot root = FakeRoot.empty(directory).env("PATH", "").program("/usr/sbin/ip", "exit 0");
        assertEquals(Optional.of(root.at("/usr/sbin/ip")), root.host().tool(Tool.IP));
    }

    @Test
    void netavark_is_found_where_debian_and_where_fedora_keep_it() {
        FakeRoot debian = FakeRoot.empty(directory.resolve("debian")).program("/usr/lib/podman/netavark", "exit 0");
        FakeRoot fedora = FakeRoot.empty(directory.resolve("fedora")).program("/usr/libexec/podman/netavark", "exit 0");
        assertEquals(
                Optional.of(debian.at("/usr/lib/podman/netavark")),
                debian.host().tool(Tool.NETAVARK));
        assertEquals(
                Optional.of(fedora.at("/usr/libexec/podman/netavark")),
                fedora.host().tool(Tool.NETAVARK));
    }

    @Test
    void a_program_that_is_installed_later_is_found_then() {
        FakeRoot root = FakeRoot.empty(directory);
        Host host = root.host();
        assertEquals(Optional.empty(), host.tool(Tool.TAR));
        root.program("/usr/bin/tar", "exit 0");
        assertEquals(Optional.of(root.at("/usr/bin/tar")), host.tool(Tool.TAR));
    }

    @Test
    void every_tool_has_a_package_in_debian_and_fedora() {
        for (Tool tool : Tool.values()) {
            assertTrue(tool.packageName(HostPackageManager.APT).isPresent(), tool.name());
            assertTrue(tool.packageName(HostPackageManager.DNF).isPresent(), tool.name());
        }
    }

    @Test
    void a_user_who_is_not_root_is_told_in_one_line() {
        Host host = FakeRoot.containerHybrid(directory)
                .replace("/proc/self/status", "Uid:\t0\t0\t0\t0", "Uid:\t1000\t1000\t1000\t1000")
                .host();
        PrivilegeException refused =
                assertThrows(PrivilegeException.class, () -> Requirements.checkRoot(host, "racker"));
        assertEquals("racker must run as root, but this is user 1000 (sudo racker ...).", refused.getMessage());
        assertEquals(Optional.empty(), refused.hint());
    }

    @Test
    void root_without_the_needed_capabilities_is_told_which() {
        Host host = FakeRoot.containerHybrid(directory)
                .replace("/proc/self/status", "CapEff:\t000001fffeffffff", "CapEff:\t000001fffedfffff")
                .host();
        PrivilegeException refused =
                assertThrows(PrivilegeException.class, () -> Requirements.checkRoot(host, "racker"));
        assertTrue(refused.getMessage().endsWith("this process lacks CAP_SYS_ADMIN."), refused.getMessage());
        assertTrue(refused.hint().orElseThrow().contains("--privileged"));
    }

    @Test
    void root_with_the_needed_capabilities_may_go_on() {
        Host host = FakeRoot.containerHybrid(directory).host();
        assertDoesNotThrow(() -> Requirements.checkRoot(host, "racker"));
    }
}
