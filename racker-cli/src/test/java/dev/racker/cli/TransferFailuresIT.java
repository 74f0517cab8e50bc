package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Archives that hold no image, a full disk, and commands against each other. */
class TransferFailuresIT extends TransferCase {

    @Test
    void a_full_disk_leaves_nothing_half_made() throws Exception {
        Path archive = imported("big:1");
        byte[] saved = racker.run("save", "-q", "big:1").bytes();
        Path small = Files.createDirectories(files.resolve("small"));
        tool("mount", "-t", "tmpfs", "-o", "size=1800k", "tmpfs", small.toString());
        try {
            for (List<String> call : List.of(List.of("load"), List.of("import", archive.toString(), "x:1"))) {
                Process process = racker.startWith(
                        Map.of("RACKER_STATE_DIR", small.resolve("state").toString()), call.toArray(String[]::new));
                Result result = TestRacker.finish(process, new ByteArrayInputStream(saved));
                assertEquals(125, result.status(), result.toString());
                assertTrue(result.err().toLowerCase(Locale.ROOT).contains("space"), result.toString());
                for (String directory : List.of("layers", "images")) {
                    assertEquals(List.of(), list(small.resolve("state").resolve(directory)), call + " " + result);
                }
            }
            Result full = call("save", "-q", "-o", small.resolve("out.tar").toString(), "big:1");
            assertEquals(125, full.status(), full.toString());
            assertFalse(Files.exists(small.resolve("out.tar")), "half an archive");
            assertEquals(List.of("state"), list(small));
        } finally {
            tool("umount", small.toString());
        }
    }

    @Test
    void loads_tags_and_removals_of_one_image_do_not_harm_each_other() throws Exception {
        imported("busy:1");
        Path archive = files.resolve("busy.tar");
        call("save", "-q", "-o", archive.toString(), "busy:1").ok();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(racker.start("load", "-q", "-i", archive.toString()));
            processes.add(racker.start("tag", "busy:1", "busy:" + (i + 2)));
            processes.add(racker.start("rmi", "-f", "busy:" + (i + 2)));
        }
        for (Process process : processes) {
            Result result = TestRacker.finish(process, InputStream.nullInputStream());
            assertEquals(0, result.status(), result.toString());
        }
        assertEquals(
                "busy\n",
                racker.run("run", "--rm", "--network=none", "busy:1", "echo", "busy")
                        .ok());
    }

    @Test
    void what_holds_no_image_is_refused_in_one_line() throws Exception {
        Path text = Files.writeString(files.resolve("text"), "no archive at all, though long enough to look like one");
        Path rootfs = files.resolve("root.tar");
        tool("tar", "--create", "--file=" + rootfs, "--directory=" + TestArchives.busybox(files.resolve("tree")), ".");
        for (Path file : List.of(text, rootfs, files.resolve("missing"), files.resolve("tree"))) {
            Result result = call("load", "-q", "-i", file.toString());
            assertEquals(125, result.status(), result.toString());
            assertTrue(result.err().startsWith("racker: Tried to load " + file + ", but "), result.toString());
            assertEquals(2, result.err().lines().count(), result.toString());
        }
        assertEquals(125, call("import", text.toString(), "x:1").status());
        assertEquals(List.of(), children("oci/blobs/sha256"), "of an import that failed");
        for (String command : List.of("save", "history", "push", "untag")) {
            assertEquals(1, call(command, "nosuch:1").status(), command);
        }
    }
}
