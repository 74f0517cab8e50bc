package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackExceptionTest {

    @Test
    void a_failure_names_the_archive_in_one_sentence() {
        assertEquals(
                "Tried to unpack 'etc/x' of /srv/a.tar, but it lies outside the tree.",
                UnpackException.entry("etc/x", "it lies outside the tree", null).about("/srv/a.tar"));
        assertEquals(
                "Tried to read /srv/a.tar, but it ends early.",
                UnpackException.damaged("it ends early", null).about("/srv/a.tar"));
        assertEquals(
                "Tried to decompress /srv/a.tar with xz, but it is cut.",
                UnpackException.compressed("xz", "it is cut", null).about("/srv/a.tar"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tar: ./usr/blob: Wrote only 64000 of 65536 bytes\ntar: Exiting with failure status due to previous errors",
                "tar: usr/x: Cannot write: No space left on device",
                "tar: usr/x: Cannot open: Disk quota exceeded",
            })
    void a_full_disk_is_told_as_such_whatever_tar_says(String said) {
        UnpackException failure = UnpackException.into(Path.of("/layers/x"), said, null);

        assertEquals(
                "Tried to unpack /srv/a.tar, but the disk is full: No space left on device.",
                failure.about("/srv/a.tar"));
        assertTrue(failure.hint().orElseThrow().startsWith("Free some space"));
    }

    @Test
    void what_else_tar_says_is_told_in_one_line() {
        UnpackException failure = UnpackException.into(
                Path.of("/layers/x"),
                "tar: a: Cannot mknod: Operation not permitted\ntar: b: Cannot mknod: Operation not permitted\n"
                        + "tar: Exiting with failure status due to previous errors",
                null);

        assertEquals(
                "Tried to unpack into /layers/x, but tar: a: Cannot mknod: Operation not permitted;"
                        + " tar: b: Cannot mknod: Operation not permitted.",
                failure.getMessage());
    }

    @Test
    void without_a_name_it_speaks_of_an_archive() {
        assertEquals(
                "Tried to unpack 'etc/x', but it lies outside the tree.",
                UnpackException.entry("etc/x", "it lies outside the tree", null).getMessage());
        assertEquals(
                "Tried to read a tar archive, but it ends early.",
                UnpackException.damaged("it ends early", null).getMessage());
        assertEquals(
                "Tried to decompress an archive with xz, but it is cut.",
                UnpackException.compressed("xz", "it is cut", null).getMessage());
    }

    @Test
    void what_is_not_about_the_archive_is_told_beside_it() {
        assertEquals(
                "Tried to unpack /srv/a.tar, but it failed: Tried to write, but the disk is full.",
                new UnpackException("Tried to write, but the disk is full.", null, null).about("/srv/a.tar"));
    }
}
