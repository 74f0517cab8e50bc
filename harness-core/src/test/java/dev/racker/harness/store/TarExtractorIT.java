package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command;
import dev.racker.harness.store.TarExtractor.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unpacking real trees as root. */
class TarExtractorIT extends TarExtractorCase {

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
