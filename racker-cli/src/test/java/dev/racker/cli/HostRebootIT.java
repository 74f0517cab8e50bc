package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import dev.racker.harness.TestProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What becomes of containers when their host loses its power and is booted again. The host is a container itself: a
 * Debian with the programs of this machine, in which racker is installed and starts containers at boot.
 */
@ExtendWith(TestRacker.Shared.class)
class HostRebootIT {

    private static final String INNER = "/opt/racker/bin/racker";

    private final TestRacker racker;
    private Path image;

    HostRebootIT(TestRacker racker) {
        this.racker = racker;
    }

    @BeforeEach
    void boot_a_host() throws Exception {
        Path tree = TestArchives.busybox(racker.files().resolve("inner"));
        image = tree.resolveSibling("inner.tar");
        racker.tool("tar", "-C", tree.toString(), "-cf", image.toString(), ".");
        List<String> create = new ArrayList<>(List.of("create", "--privileged", "--network=none", "--name=host"));
        for (String shared : shared()) {
            create.addAll(List.of("-v", shared + ":" + shared + ":ro"));
        }
        Path state = Files.createDirectories(racker.files().resolve("state"));
        create.addAll(List.of("-v", state + ":/var/lib/postroj", racker.debian()));
        racker.run(create.toArray(String[]::new)).ok();
        racker.run("cp", installed() + "/.", "host:/").ok();
        racker.run("start", "host").ok();
        inner("pull", "--quiet", image.toString()).ok();
    }

    @AfterEach
    void remove_it() throws Exception {
        racker.run("rm", "--force", "--volumes", "host").ok();
    }

    /** The programs of this machine with their settings, and what the class path needs. */
    private TreeSet<String> shared() throws IOException {
        TreeSet<String> shared = new TreeSet<>(List.of("/usr", racker.files().toString()));
        try (DirectoryStream<Path> settings = Files.newDirectoryStream(Path.of("/etc"), "{alternatives,java*}")) {
            settings.forEach(directory -> shared.add(directory.toString()));
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            shared.add((Files.isDirectory(path) ? path : path.getParent()).toString());
        }
        return shared;
    }

    /** What install.sh puts on a host, with the unit enabled. */
    private Path installed() throws IOException {
        Path tree = racker.files().resolve("installed");
        Path program = Files.createDirectories(tree.resolve("opt/racker/bin")).resolve("racker");
        TestProgram.script(program, Map.of(), TestRacker.command());
        Path units = Files.createDirectories(tree.resolve("etc/systemd/system/multi-user.target.wants"))
                .getParent();
        String unit = Files.readString(
                Path.of(System.getProperty("basedir", "")).resolveSibling("packaging/racker-restart.service"));
        Files.writeString(units.resolve("racker-restart.service"), unit.replace("@PREFIX@", "/opt/racker"));
        Files.createSymbolicLink(
                units.resolve("multi-user.target.wants/racker-restart.service"), Path.of("../racker-restart.service"));
        return tree;
    }

    private Result inner(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("exec", "host", INNER));
        line.addAll(List.of(arguments));
        return racker.run(line.toArray(String[]::new));
    }

    private void keep(String name, String policy) throws Exception {
        inner(
                        "run",
                        "-d",
                        "--network=none",
                        "--name=" + name,
                        "--restart=" + policy,
                        image.toString(),
                        "sh",
                        "-c",
                        "echo begun >>/begun; exec sleep 1000")
                .ok();
    }

    @Test
    void containers_come_back_as_their_policy_says_and_keep_their_files() throws Exception {
        keep("always", "always");
        keep("wanted", "unless-stopped");
        keep("stopped", "unless-stopped");
        keep("once", "no");
        inner("stop", "--time=0", "stopped").ok();

        racker.run("kill", "host").ok();
        racker.run("start", "host").ok();

        assertEquals(
                "always\nwanted\n", sorted(inner("ps", "--format={{.Names}}").ok()));
        assertEquals("begun\nbegun\n", inner("exec", "wanted", "cat", "/begun").ok());
        for (String ended : List.of("stopped", "once")) {
            assertTrue(inner("cp", ended + ":/begun", "-").ok().contains("begun\n"), ended);
        }
        inner("rm", "--force", "always", "wanted", "stopped", "once").ok();
        assertEquals("", inner("ps", "--all", "--quiet").ok());
    }

    private static String sorted(String lines) {
        return String.join("\n", new TreeSet<>(lines.lines().toList())) + "\n";
    }
}
