package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.TestImage;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.TarExtractor.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unpacking real trees as root. */
class TarExtractorIT {

    private final CommandRunner runner = new CommandRunner();
    private final TarExtractor extractor = new TarExtractor(runner);
    private Path work;

    @BeforeEach
    void makeDirectory() throws IOException {
        work = Files.createTempDirectory(Files.createDirectories(TestImage.base()), "racker-tar-");
    }

    @AfterEach
    void removeDirectory() {
        run("rm", "-rf", "--", work.toString());
        runner.run(Command.of(
                "rmdir", "--ignore-fail-on-non-empty", "--", TestImage.base().toString()));
    }

    private String run(String... arguments) {
        return runner.run(Command.of(List.of(arguments)).in(work)).text();
    }

    private Extraction unpack(LayerFixture layer, IdMapping mapping) {
        return extractor.extract(new ByteArrayInputStream(layer.bytes()), work.resolve("tree"), mapping);
    }

    private Object attribute(String name, String attribute) throws IOException {
        return Files.getAttribute(work.resolve("tree").resolve(name), attribute, LinkOption.NOFOLLOW_LINKS);
    }

    private Map<String, String> snapshot(String tree) throws IOException {
        return TreeSnapshot.of(runner, work.resolve(tree));
    }

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
    void owners_modes_and_times_are_exact() throws IOException {
        unpack(
                LayerFixture.layer()
                        .owner(1000, 65535)
                        .dir("dir", 03777)
                        .file("dir/tool", 06755, "x")
                        .symlink("dir/link", "tool"),
                IdMapping.SHIFTED);
        for (String name : List.of("dir", "dir/tool", "dir/link")) {
            assertEquals(525288, attribute(name, "unix:uid"));
            assertEquals(589823, attribute(name, "unix:gid"));
        }
        assertEquals(03777, (int) attribute("dir", "unix:mode") & 07777);
        assertEquals(06755, (int) attribute("dir/tool", "unix:mode") & 07777);
        assertEquals("1600000000.1234560000", run("stat", "-c", "%.10Y", "tree/dir"));
        assertEquals("1600000002.1234560000", run("stat", "-c", "%.10Y", "tree/dir/link"));
    }

    @Test
    void a_hundred_thousand_files_take_seconds_and_come_back() throws IOException {
        LayerFixture layer = LayerFixture.layer();
        for (int directory = 0; directory < 1000; directory++) {
            layer.dir("d" + directory, 0755);
            for (int file = 0; file < 100; file++) {
                layer.file("d" + directory + "/f" + file, "");
            }
        }
        Extraction extraction = unpack(layer, IdMapping.SHIFTED);
        assertEquals(101_000, extraction.entries());
        assertEquals("101001", run("sh", "-c", "find tree | wc -l"));
        assertEquals("0", run("sh", "-c", "find tree -mindepth 1 ! -uid 524288 | wc -l"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "posix 0.0", "posix 0.1", "posix 1.0"})
    void a_sparse_file_of_ten_gigabytes_stays_sparse(String format) throws IOException {
        run(
                "sh",
                "-c",
                "mkdir src && truncate -s 10G src/big && printf end >>src/big"
                        + " && for i in $(seq 1 60); do"
                        + " printf chunk$i | dd of=src/big bs=1M seek=$((i * 150)) conv=notrunc status=none; done");
        String[] words = format.split(" ");
        Command tar = Command.of("tar", "-cSf", "src.tar", "-C", "src", "--format=" + words[0]);
        tar = words.length == 1 ? tar : tar.with("--sparse-version=" + words[1]);
        runner.run(tar.with(".").in(work));
        try (InputStream in = Files.newInputStream(work.resolve("src.tar"))) {
            Extraction extraction = extractor.extract(in, work.resolve("tree"), IdMapping.SHIFTED);
            assertEquals((10L << 30) + 3, extraction.bytes());
        }
        assertEquals((10L << 30) + 3, Files.size(work.resolve("tree/big")));
        assertTrue(Long.parseLong(run("stat", "-c", "%b", "tree/big")) < 1000);
        assertEquals("end", run("tail", "-c", "3", "tree/big"));
        String chunks = "for i in $(seq 1 60); do"
                + " dd if=tree/big bs=1M skip=$((i * 150)) count=1 status=none | head -c 7 | tr -d '\\0'; done";
        String expected =
                IntStream.rangeClosed(1, 60).mapToObj(i -> "chunk" + i).collect(Collectors.joining());
        assertEquals(expected, run("sh", "-c", chunks));
    }

    /** Everything GNU tar can carry that Commons Compress cannot write. */
    private void makeOddTree() {
        run("bash", "-ec", """
                mkdir src; cd src; mkdir dir; echo x >dir/file; ln dir/file dir/hard; ln -s file dir/link
                setcap cap_setuid,cap_net_raw+ep dir/file
                setfattr -n 'user.we=ird %40 name' -v $'a\\nb' dir/file
                setfattr -n user.empty dir/file
                setfattr -n user.binary -v 0x00ff800a3d dir
                setfattr -n trusted.note -v t dir/link
                setfacl -m u:1000:rwx,g:7:r dir/file; setfacl -d -m u:1000:rwx dir
                mkdir "$(printf 'bad\\xff')"; echo y >"$(printf 'bad\\xff/\\xfe\\nx')"
                setfattr -n user.note -v raw "$(printf 'bad\\xff/\\xfe\\nx')"
                mkfifo -m 640 pipe; mknod -m 600 device b 7 3; chown 33:44 device
                mkdir opaque; setfattr -n trusted.overlay.opaque -v y opaque; mknod -m 0 gone c 0 0
                truncate -s 8M holes; echo end >>holes
                touch -d '1960-01-02 03:04:05.678' old; touch -h -d @1500000000.123456789 dir/link
                chmod 1751 dir; touch -d @1500000001.987654321 dir .
                """);
    }

    @Test
    void a_tree_comes_back_from_its_shifted_layer_exactly() throws IOException {
        makeOddTree();
        TarExtractor own = extractor.content(Content.OVERLAY);
        try (InputStream in = new TarSource(runner).open(work.resolve("src"))) {
            own.extract(in, work.resolve("shifted"), IdMapping.SHIFTED);
        }
        try (InputStream in = new TarSource(runner).open(work.resolve("shifted"))) {
            own.source(IdMapping.SHIFTED).extract(in, work.resolve("back"), IdMapping.IDENTITY);
        }
        assertEquals(snapshot("src"), snapshot("back"));
        String file = snapshot("shifted").get("dir/file");
        assertTrue(file.contains("security.capability=0x0100000380200000000000000000000000000000" + "00000800"), file);
        assertTrue(file.contains("e8030800"), "the user of the ACL is mapped: " + file);
        assertEquals("524321:524332", run("stat", "-c", "%u:%g", "shifted/device"));
        assertTrue(Long.parseLong(run("stat", "-c", "%b", "back/holes")) < 100);
        assertEquals("back/dir/file cap_setuid,cap_net_raw=ep", run("getcap", "back/dir/file"));
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
    void a_root_file_system_keeps_names_that_look_like_whiteouts() {
        extractor
                .content(Content.ROOT_FILE_SYSTEM)
                .extract(
                        new ByteArrayInputStream(
                                LayerFixture.layer().file(".wh.name", "x").bytes()),
                        work.resolve("tree"),
                        IdMapping.SHIFTED);
        assertTrue(Files.isRegularFile(work.resolve("tree/.wh.name")));
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

    @Test
    void directories_take_the_attributes_of_the_nearest_layer_that_shows_them() throws IOException {
        List<LayerFixture> layers = List.of(
                LayerFixture.layer()
                        .owner(5, 6)
                        .dir("a", 0711)
                        .dir("a/b", 01777)
                        .dir("hidden/c", 0700)
                        .dir("file", 0700)
                        .dir("link/x", 0700)
                        .dir("gone/x", 0700),
                LayerFixture.layer()
                        .owner(7, 8)
                        .dir("a", 0751)
                        .file("hidden/.wh..wh..opq", "")
                        .file("file", "")
                        .symlink("link", "a")
                        .file(".wh.gone", ""),
                LayerFixture.layer()
                        .file("a/b/new", "")
                        .file("hidden/c/new", "")
                        .file("file/new", "")
                        .file("link/x/new", "")
                        .file("gone/x/new", ""));
        java.util.ArrayList<Path> topFirst = new java.util.ArrayList<>();
        Extraction extraction = null;
        for (LayerFixture layer : layers) {
            Path tree = work.resolve("layer" + topFirst.size());
            extraction = extractor.extract(new ByteArrayInputStream(layer.bytes()), tree, IdMapping.SHIFTED);
            topFirst.add(0, tree);
        }
        Path top = topFirst.remove(0);
        assertEquals(
                4,
                new InheritedAttributes(runner).adopt(top, extraction.implicitDirectories(), topFirst),
                "the root, a, a/b, hidden");
        assertEquals("751 524295:524296", run("stat", "-c", "%a %u:%g", top + "/a"));
        assertEquals("1777 524293:524294", run("stat", "-c", "%a %u:%g", top + "/a/b"));
        assertEquals("1600000001.1234560000", run("stat", "-c", "%.10Y", top + "/a/b"));
        for (String fresh : List.of("hidden/c", "file", "link/x", "gone/x")) {
            assertEquals("755 524288:524288", run("stat", "-c", "%a %u:%g", top + "/" + fresh), fresh);
        }
    }

    @Test
    void reading_a_tree_that_vanishes_fails() throws IOException {
        try (InputStream in = new TarSource(runner).open(work.resolve("missing"))) {
            UnpackException failure = assertThrows(UnpackException.class, in::readAllBytes);
            assertTrue(failure.getMessage().contains("missing"), failure.getMessage());
        }
    }

    @Test
    void equal_trees_make_equal_archives() throws IOException {
        makeOddTree();
        byte[] first;
        byte[] second;
        try (InputStream in = new TarSource(runner).open(work.resolve("src"))) {
            first = in.readAllBytes();
        }
        run("cp", "-a", "src", "copy");
        try (InputStream in = new TarSource(runner).open(work.resolve("copy"))) {
            second = in.readAllBytes();
        }
        assertArrayEquals(first, second);
    }
}
