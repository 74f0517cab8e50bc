package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

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
