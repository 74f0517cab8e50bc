package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files and directories of the host in a machine with owners of its own. */
@ExtendWith(TestRacker.Shared.class)
class HostDirectoriesIT {

    private final TestRacker racker;
    private final String busybox;

    HostDirectoriesIT(TestRacker racker) throws Exception {
        this.racker = racker;
        this.busybox = racker.busybox();
    }

    private Result run(String options, String script) throws Exception {
        List<String> line = new ArrayList<>(List.of("run", "--network=none"));
        line.addAll(List.of(options.split(" ")));
        line.addAll(List.of(busybox, "sh", "-c", script));
        return racker.run(line.toArray(String[]::new));
    }

    @Test
    void files_and_directories_of_the_host_keep_their_owners_inside() throws Exception {
        Path directory = racker.files().resolve("not there yet");
        Path file = Files.writeString(racker.files().resolve("file"), "of the host\n");
        Files.setAttribute(file, "unix:uid", 1234);

        Result result = racker.run(
                "run",
                "--rm",
                "--network=none",
                "--mount",
                "type=bind,source=" + file + ",target=/etc/deep/down/file",
                "-v",
                directory + ":/made",
                busybox,
                "sh",
                "-c",
                "busybox stat -c %u /etc/deep/down/file /etc/deep /made; echo more >>/etc/deep/down/file; busybox touch /made/new");

        assertEquals("1234\n0\n0\n", result.ok());
        assertEquals("of the host\nmore\n", Files.readString(file));
        assertEquals(0, Files.getAttribute(directory.resolve("new"), "unix:uid"));
    }

    @Test
    void what_is_mounted_below_a_directory_of_the_host_is_seen_too() throws Exception {
        Path directory = Files.createDirectories(racker.files().resolve("tree/memory/deep"));
        Path memory = directory.getParent();
        racker.tool("mount", "-t", "tmpfs", "racker-test", memory.toString());
        try {
            Path file = Files.writeString(Files.createDirectory(directory).resolve("file"), "below\n");
            Files.setAttribute(file, "unix:uid", 1234);

            Result result = run(
                    "--rm -v " + memory.getParent() + ":/tree",
                    "cd /tree/memory/deep; busybox stat -c %u file; cat file; busybox touch new");

            assertEquals("1234\nbelow\n", result.ok());
            assertEquals(0, Files.getAttribute(directory.resolve("new"), "unix:uid"));
        } finally {
            racker.tool("umount", memory.toString());
        }
    }

    @Test
    void what_cannot_be_mapped_is_refused_with_what_can_be_done() throws Exception {
        Result refused = run("--rm -v /proc/sys:/host", "true");

        assertEquals(125, refused.status());
        assertTrue(refused.err().contains("file system of the type proc"), refused.err());
        assertTrue(refused.err().contains("--userns=host"), refused.err());
        run("--rm -v /proc/sys:/host:ro", "cat /host/kernel/ostype").ok();
    }
}
