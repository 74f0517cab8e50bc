package dev.racker.harness.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares the facts with what the machine's own programs say. */
class HostIT {

    private final CommandRunner runner = new CommandRunner();
    private final Host host = Host.local();

    @Test
    void control_plane_is_machined_exactly_when_machined_answers() {
        boolean answers =
                runner.run(Command.of("machinectl", "--no-pager", "list").expectAny())
                                .status()
                        == 0;
        assertEquals(
                answers ? ControlPlaneKind.MACHINED : ControlPlaneKind.DIRECT,
                host.controlPlane().kind(),
                host.controlPlane().reason());
    }

    @Test
    void kernel_is_what_uname_says() {
        assertEquals(
                runner.run(Command.of("uname", "-r", "-m")).text(),
                host.kernel().release() + " " + host.kernel().architecture());
    }

    @Test
    void limits_are_what_the_sysctls_say() {
        assertEquals(
                runner.run(Command.of(
                                "sysctl",
                                "-n",
                                "fs.inotify.max_user_instances",
                                "fs.inotify.max_user_watches",
                                "user.max_user_namespaces"))
                        .text(),
                host.inotify().maxUserInstances() + "\n"
                        + host.inotify().maxUserWatches() + "\n"
                        + host.userNamespaces().detail().replace("at most ", ""));
    }

    @Test
    void cgroup_layout_is_what_the_file_systems_say() {
        String top = runner.run(Command.of("stat", "-f", "-c", "%T", "/sys/fs/cgroup"))
                .text();
        assertEquals(top.equals("cgroup2fs"), host.cgroupLayout() == CgroupLayout.UNIFIED);
        assertNotEquals(CgroupLayout.NONE, host.cgroupLayout());
    }

    @Test
    void init_version_is_what_systemd_says() {
        String said = runner.run(Command.of("systemd-run", "--version")).text();
        if (host.init().isSystemd()) {
            assertTrue(said.startsWith("systemd " + host.init().version()), said);
        } else {
            assertEquals("", host.init().version());
        }
    }

    @Test
    void a_machine_that_runs_these_tests_has_every_tool_and_privilege() {
        assertDoesNotThrow(() -> Requirements.check(host, Tool.values()));
        assertDoesNotThrow(() -> Requirements.checkRoot(host, "racker"));
        assertTrue(host.userNamespaces().available(), host.userNamespaces().detail());
        assertTrue(host.overlay().available(), host.overlay().detail());
    }

    @Test
    void every_tool_tells_its_version() {
        Map<Tool, String> versions = new ToolVersions(runner).of(host);
        for (Tool tool : Tool.values()) {
            assertFalse(versions.getOrDefault(tool, "").isEmpty(), tool.name());
        }
    }

    @Test
    void every_package_is_known_to_the_package_manager_of_debian() {
        Command show = Command.of("apt-cache", "show", "--no-all-versions");
        for (Tool tool : Tool.values()) {
            show = show.with(tool.packageName(HostPackageManager.APT).orElseThrow());
        }
        String known = "\n" + runner.run(show.expectAny()).text();
        for (Tool tool : Tool.values()) {
            String name = tool.packageName(HostPackageManager.APT).orElseThrow();
            assertTrue(known.contains("\nPackage: " + name + "\n"), name);
        }
    }

    @Test
    void a_user_who_is_not_root_is_seen_as_such() {
        String status = runner.run(Command.of("setpriv", "--reuid=65534", "--clear-groups", "cat", "/proc/self/status"))
                .text();
        assertTrue(HostFiles.field(status, "Uid:").startsWith("65534"), status);
    }
}
