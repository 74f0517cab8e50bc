package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Containers that stay, on a file system that is full. */
@ExtendWith(TestRacker.Own.class)
class FullDiskIT {

    private TestRacker racker;
    private Path disk;
    private Path image;

    @BeforeEach
    void mount_a_small_disk(TestRacker own) throws Exception {
        racker = own;
        disk = Files.createDirectories(racker.files().resolve("disk"));
        racker.tool("mount", "-t", "tmpfs", "-o", "size=32m,mode=755", "racker-test", disk.toString());
        Path tree = TestArchives.busybox(racker.files().resolve("small"));
        image = tree.resolveSibling("small.tar");
        racker.tool("tar", "-C", tree.toString(), "-cf", image.toString(), ".");
        racker.runIn(disk, "pull", image.toString()).ok();
    }

    @AfterEach
    void unmount_it() throws Exception {
        racker.tool("umount", disk.toString());
    }

    @Test
    void what_has_filled_it_can_be_looked_at_and_stopped_and_removed() throws Exception {
        String fill = "echo begun; while cat /bin/busybox >>/fill; do :; done 2>/dev/null; "
                + "while echo more more more more more more more >>/rest; do :; done 2>/dev/null; "
                + "echo never logged; exec sleep 1000";
        racker.runIn(disk, "run", "-d", "--network=none", "--name=greedy", image.toString(), "sh", "-c", fill)
                .ok();
        eventually("the end of the space", () -> disk.toFile().getUsableSpace() == 0);

        Result another = racker.runIn(disk, "run", "-d", "--network=none", "--name=another", image.toString(), "true");
        assertEquals(125, another.status(), another::toString);
        assertTrue(another.err().contains("No space left on device"), another::toString);
        assertEquals(
                "greedy\n",
                racker.runIn(disk, "ps", "--all", "--format={{.Names}}").ok());
        assertTrue(racker.runIn(disk, "logs", "greedy").ok().startsWith("begun\n"));
        assertEquals(
                "greedy\n", racker.runIn(disk, "stop", "--time=0", "greedy").ok());
        String status =
                racker.runIn(disk, "ps", "--all", "--format={{.Status}}").ok();
        assertTrue(status.startsWith("Exited (137)"), status);
        assertEquals("greedy\n", racker.runIn(disk, "rm", "greedy").ok());

        assertTrue(disk.toFile().getUsableSpace() > 0);
        racker.runIn(disk, "run", "--rm", "--network=none", image.toString(), "true")
                .ok();
    }
}
