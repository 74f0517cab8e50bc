package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that mean harm, are damaged, or end too early, unpacked as root. */
class HostileTarIT extends TarExtractorCase {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "out/planted",
                "absolute/planted",
                "/planted",
                "chain/planted",
                "out/../out/planted",
                "dir/link/planted"
            })
    void nothing_is_written_outside_the_tree_through_links(String name) throws IOException {
        Files.createDirectory(work.resolve("outside"));
        Files.writeString(work.resolve("outside/victim"), "untouched");
        Map<String, String> before = snapshot("outside");
        unpack(
                LayerFixture.layer()
                        .symlink("out", "../outside")
                        .symlink("absolute", work.resolve("outside").toString())
                        .symlink("chain", "out")
                        .symlink("dir/link", "../../outside")
                        .file(name, 04755, "planted")
                        .file("out/victim", "overwritten")
                        .symlink("final", work.resolve("outside/victim").toString())
                        .file("final", "overwritten")
                        .dir("out/sub", 0700)
                        .hardLink("out/hard", "out/victim")
                        .device("absolute/null", TarConstants.LF_CHR, 1, 3)
                        .file("out/.wh.victim", "")
                        .file("out/.wh.outside", ""),
                IdMapping.IDENTITY);
        assertEquals(before, snapshot("outside"));
        assertFalse(Files.exists(Path.of("/planted")));
        assertEquals("overwritten", Files.readString(work.resolve("tree/final")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../planted", "a/../../planted", "/../planted", "./../planted"})
    void a_name_that_leaves_the_tree_fails_and_is_not_written(String name) {
        LayerFixture layer = LayerFixture.layer().file(name, "x");
        UnpackException failure = assertThrows(UnpackException.class, () -> unpack(layer, IdMapping.IDENTITY));
        assertTrue(failure.getMessage().contains(name), failure.getMessage());
        assertFalse(Files.exists(work.resolve("planted")));
    }

    @Test
    void a_hard_link_to_a_file_of_the_host_fails_and_links_nothing() throws IOException {
        Files.writeString(work.resolve("victim"), "untouched");
        LayerFixture layer = LayerFixture.layer()
                .symlink("up", "..")
                .hardLink("stolen", work.resolve("victim").toString());
        assertThrows(UnpackException.class, () -> unpack(layer, IdMapping.IDENTITY));
        assertEquals(1, Files.getAttribute(work.resolve("victim"), "unix:nlink"));
    }

    @Test
    void an_image_cannot_bring_marks_of_overlayfs() throws IOException {
        makeOddTree();
        try (InputStream in = new TarSource(runner).open(work.resolve("src"))) {
            extractor.extract(in, work.resolve("tree"), IdMapping.SHIFTED);
        }
        assertFalse(snapshot("tree").get("opaque").contains("trusted.overlay"));
    }

    @Test
    void a_directory_that_is_not_empty_is_refused() throws IOException {
        Files.createDirectories(work.resolve("tree/x"));
        LayerFixture layer = LayerFixture.layer().file("a", "");
        assertThrows(UnpackException.class, () -> unpack(layer, IdMapping.SHIFTED));
    }

    @Test
    void a_full_disk_is_told_as_such() throws IOException {
        Files.createDirectory(work.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "small");
        try {
            byte[] layer = LayerFixture.layer()
                    .file("big", "x".repeat(4 << 20))
                    .file("next", "y".repeat(1 << 20))
                    .bytes();
            UnpackException failure = assertThrows(
                    UnpackException.class,
                    () -> extractor.extract(
                            new ByteArrayInputStream(layer), work.resolve("small/tree"), IdMapping.SHIFTED));
            assertTrue(failure.getMessage().contains("No space left on device"), failure.getMessage());
            assertTrue(failure.hint().orElseThrow().startsWith("Free some space"));
        } finally {
            run("umount", "small");
        }
    }

    @Test
    void a_damaged_archive_is_told_by_its_source_when_that_knows_better() {
        byte[] archive = LayerFixture.layer().file("a", "x".repeat(300_000)).bytes();
        archive[0] ^= 1;
        IllegalStateException mismatch = new IllegalStateException("digest mismatch");
        InputStream verifying = new ByteArrayInputStream(archive) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                int count = super.read(bytes, offset, length);
                if (count < 0) {
                    throw mismatch;
                }
                return count;
            }
        };
        assertSame(
                mismatch,
                assertThrows(
                        IllegalStateException.class,
                        () -> extractor.extract(verifying, work.resolve("tree"), IdMapping.SHIFTED)));
    }

    @Test
    void a_failing_source_leaves_no_process() {
        byte[] archive = LayerFixture.layer().file("a", "x".repeat(1000)).bytes();
        InputStream broken = new ByteArrayInputStream(archive, 0, 1600) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                int count = super.read(bytes, offset, length);
                if (count < 0) {
                    throw new IllegalStateException("connection lost");
                }
                return count;
            }
        };
        assertThrows(
                IllegalStateException.class, () -> extractor.extract(broken, work.resolve("tree"), IdMapping.SHIFTED));
        assertEquals(
                0,
                ProcessHandle.current()
                        .children()
                        .filter(ProcessHandle::isAlive)
                        .count());
    }
}
