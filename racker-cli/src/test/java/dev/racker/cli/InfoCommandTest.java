package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Host;
import dev.racker.harness.host.Tool;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StateDirectories;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InfoCommandTest {

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin"));
    private IntSupplier images = () -> 3;

    /** A container on a Debian, with skopeo and nothing else. */
    @BeforeEach
    void make_a_host() throws IOException {
        write("/proc/1/comm", "tini\n");
        write("/proc/self/status", "Name:\tjava\nUid:\t0\t0\t0\t0\nCapEff:\t000001fffeffffff\n");
        write("/proc/self/mountinfo", "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        write("/proc/self/ns/user", "");
        write("/proc/filesystems", "nodev\tproc\nnodev\toverlay\n");
        write("/proc/meminfo", "MemTotal:       24684096 kB\n");
        write("/proc/sys/kernel/osrelease", "6.1.0\n");
        write("/proc/sys/kernel/arch", "x86_64\n");
        write("/proc/sys/user/max_user_namespaces", "96365\n");
        write("/proc/sys/fs/inotify/max_user_instances", "1024\n");
        write("/proc/sys/fs/inotify/max_user_watches", "192536\n");
        write("/sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
        write("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
        program("skopeo", "echo skopeo version 1.9.3");
    }

    @Test
    void the_table_shows_the_facts() {
        String table = run();
        assertLine(table, "Version:             1.2.3");
        assertLine(table, "Images:              3");
        assertLine(table, "Containers:          1");
        assertLine(table, "Standby:             1 of 2 machines ready");
        assertLine(table, "Control plane:       direct, because PID 1 is tini, not systemd");
        assertLine(table, "Init:                tini");
        assertLine(table, "machined:            no, PID 1 is tini, not systemd");
        assertLine(table, "Control groups:      unified, with cpu memory");
        assertLine(table, "User namespaces:     yes, at most 96365");
        assertLine(table, "Overlay:             yes, in the kernel");
        assertLine(table, "Privileges:          root");
        assertLine(table, "Kernel:              6.1.0 x86_64");
        assertLine(table, "Operating system:    Debian GNU/Linux 12 (bookworm)");
        assertLine(table, "Package manager:     apt");
        assertLine(table, "Memory:              25.3GB");
        assertFalse(table.contains("WARNING"), table);
    }

    @Test
    void a_tool_is_shown_with_its_version_and_path_or_with_its_package() {
        String table = run();
        assertTrue(table.contains("\nskopeo                    1.9.3     " + at("/usr/bin/skopeo") + "\n"), table);
        assertLine(table, "systemd-nspawn            missing   (package systemd-container; boots machines)");
    }

    @Test
    void one_command_installs_what_is_missing() {
        String table = run();
        assertTrue(
                table.contains("\nTo install what is missing, as root: apt-get install -y systemd-container systemd"
                        + " util-linux mount umoci "),
                table);
    }

    @Test
    void nothing_needs_to_be_installed_when_every_tool_is_there() throws IOException {
        for (Tool tool : Tool.values()) {
            program(tool.program(), "exit 1");
        }
        assertFalse(run().contains("To install"));
        assertTrue(json().get("install_command").isNull());
    }

    @Test
    void directories_are_shown_with_what_they_use() throws IOException {
        Files.createDirectories(directory.resolve("state"));
        Files.write(directory.resolve("state/blob"), new byte[2_000_000]);
        String table = run();
        // A directory has a size of its own on ext4 and none on tmpfs: 2.01MB or 2MB.
        assertTrue(table.matches("(?s).*\nstate       2(\\.0\\d?)?MB .*"), table);
        assertTrue(table.contains("\ncache       none yet"), table);
        JsonNode state = json().get("directories").get(0);
        assertEquals("state", state.get("name").asString());
        assertEquals(directory.resolve("state").toString(), state.get("path").asString());
        assertTrue(state.get("used_bytes").asLong() >= 2_000_000);
        assertTrue(state.get("free_bytes").asLong() > 0);
    }

    @Test
    void who_is_not_root_gets_the_report_and_is_told() throws IOException {
        write("/proc/self/status", "Uid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\n");
        images = () -> {
            throw new HarnessException("Tried to read images, but permission was denied.", null);
        };
        String table = run();
        assertLine(table, "Privileges:          user 1000, not root");
        assertLine(table, "Images:              unknown");
        assertTrue(table.contains("WARNING: This is not root"), table);
        assertTrue(json().get("images").isNull());
    }

    @Test
    void root_without_capabilities_is_told_which() throws IOException {
        write("/proc/self/status", "Uid:\t0\t0\t0\t0\nCapEff:\t000001fffedfffff\n");
        assertLine(run(), "Privileges:          root without CAP_SYS_ADMIN");
        assertEquals(
                "CAP_SYS_ADMIN",
                json().get("privileges").get("missing_capabilities").get(0).asString());
    }

    @Test
    void a_low_inotify_limit_is_a_warning_with_its_remedy() throws IOException {
        write("/proc/sys/fs/inotify/max_user_instances", "128\n");
        String table = run();
        assertTrue(table.contains("WARNING: About 25 machines can be booted"), table);
        assertTrue(table.contains("sysctl -w fs.inotify.max_user_instances=1024"), table);
    }

    @Test
    void a_host_without_overlay_and_user_namespaces_is_warned_of() throws IOException {
        write("/proc/filesystems", "nodev\tproc\n");
        write("/proc/sys/user/max_user_namespaces", "0\n");
        assertEquals(2, json().get("warnings").size());
    }

    @Test
    void json_has_the_documented_keys() throws IOException {
        JsonNode json = json();
        assertEquals(
                "[version, images, containers, standby, control_plane, init, machined, cgroup, user_namespaces, overlay,"
                        + " privileges, inotify, kernel, operating_system, cpus, memory_bytes, java_version,"
                        + " directories, tools, install_command, warnings]",
                json.propertyNames().toString());
        assertEquals("direct", json.get("control_plane").get("kind").asString());
        assertTrue(json.get("init").get("version").isNull());
        assertFalse(json.get("machined").get("available").asBoolean());
        assertEquals(2, json.get("standby").get("wanted").asInt());
        assertEquals("memory", json.get("cgroup").get("controllers").get(1).asString());
        assertEquals(24684096L * 1024, json.get("memory_bytes").asLong());
        assertEquals("apt", json.get("operating_system").get("package_manager").asString());
        assertEquals(Tool.values().length, json.get("tools").size());
        JsonNode nspawn = json.get("tools").get(0);
        assertEquals("systemd-nspawn", nspawn.get("name").asString());
        assertTrue(nspawn.get("path").isNull());
        assertTrue(nspawn.get("version").isNull());
        assertEquals("systemd-container", nspawn.get("package").asString());
    }

    @Test
    void what_is_not_known_is_null_in_json_and_unknown_in_the_table() throws IOException {
        Files.delete(at("/proc/meminfo"));
        Files.delete(at("/proc/sys/fs/inotify/max_user_instances"));
        JsonNode json = json();
        assertTrue(json.get("memory_bytes").isNull());
        assertTrue(json.get("inotify").get("machines_at_once").isNull());
        assertLine(run(), "Memory:              unknown");
        assertLine(run(), "inotify instances:   unknown");
    }

    @Test
    void another_format_is_refused_and_quoted() {
        HarnessException refused = assertThrows(HarnessException.class, () -> run("--format", "{{.Name}}"));
        assertEquals(
                "Tried to print in the format '{{.Name}}', but info knows only table and json.", refused.getMessage());
    }

    @Test
    void a_wrong_control_plane_is_refused() {
        environment.put("RACKER_CONTROL_PLANE", "machined");
        assertThrows(HarnessException.class, () -> run());
    }

    private JsonNode json() {
        String text = run("--format", "json");
        assertEquals(text.length() - 1, text.indexOf('\n'));
        return JsonMapper.shared().readTree(text);
    }

    private String run(String... arguments) {
        StringWriter text = new StringWriter();
        InfoCommand.Installation installation = new InfoCommand.Installation(
                "1.2.3",
                new StateDirectories(
                        directory.resolve("state"), directory.resolve("cache"), directory.resolve("run-directory")),
                images,
                () -> 1,
                () -> new InfoReport.Waiting(1, 2));
        InfoCommand command = new InfoCommand(
                new Host(directory, environment), new CommandRunner(), installation, new PrintWriter(text));
        new CommandLine(command).parseArgs(arguments);
        assertEquals(0, command.call());
        return text.toString();
    }

    private static void assertLine(String text, String line) {
        assertTrue(text.lines().anyMatch(line::equals), text);
    }

    private Path at(String path) {
        return directory.resolve(path.substring(1));
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(at(path).getParent());
        Files.writeString(at(path), text);
    }

    private void program(String name, String script) throws IOException {
        write("/usr/bin/" + name, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(at("/usr/bin/" + name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
