package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.acquire.CuratedRelease.Bootstrap;
import dev.racker.harness.process.Command;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolCommandsTest {

    @Test
    void mmdebstrap_makes_a_tar_stream_without_what_belongs_to_the_host() {
        Bootstrap recipe = new Bootstrap(
                "bookworm", "minbase", List.of("systemd", "dbus"), List.of("--aptopt=Acquire::Retries \"3\""));
        Command command = Mmdebstrap.command(recipe, Path.of("/work"), Instant.ofEpochSecond(86400));

        assertEquals(
                List.of(
                        "setpriv",
                        "--pdeathsig=TERM",
                        "mmdebstrap",
                        "--quiet",
                        "--mode=root",
                        "--format=tar",
                        "--variant=minbase",
                        "--include=systemd,dbus",
                        "--aptopt=Acquire::Retries \"3\"",
                        "--customize-hook=rm -f \"$1/etc/hostname\" \"$1/etc/resolv.conf\"",
                        "--",
                        "bookworm",
                        "-"),
                command.arguments());
        assertEquals(Map.of("TMPDIR", "/work", "SOURCE_DATE_EPOCH", "86400"), command.environment());
    }

    @Test
    void unsquashfs_keeps_extended_attributes() {
        assertEquals(
                List.of("unsquashfs", "-no-progress", "-quiet", "-xattrs", "-dest", "/tree", "/a.squashfs"),
                Unsquashfs.command(Path.of("/a.squashfs"), Path.of("/tree")).arguments());
    }

    @Test
    void getfattr_asks_for_overlayfs_mark_of_many_directories_at_once() {
        assertEquals(
                "getfattr --absolute-names --dump '--match=^trusted\\.overlay\\.opaque$' --no-dereference -- /a/etc /b/etc",
                OpaqueMarks.getCommand(List.of(Path.of("/a/etc"), Path.of("/b/etc")))
                        .toString());
    }
}
