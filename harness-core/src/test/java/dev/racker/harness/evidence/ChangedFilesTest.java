package dev.racker.harness.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a removal has left changed, or taken along, of the image. */
class ChangedFilesTest extends LeftoverCase {

    // Changed and gone

    @Test
    void a_file_of_the_image_that_changed_is_told() throws IOException {
        file(upper, "etc/shells", "/bin/sh\n/bin/foo\n");

        assertEquals(List.of("changed /etc/shells: it is not as in the image"), lines(check()));
        assertEquals(
                "leftover /etc/shells: changed expected unchanged, was it is not as in the image",
                check().results().get(0).line());
    }

    @Test
    void a_changed_mode_is_told() throws IOException {
        Path file = file(upper, "opt/x", "1");
        before = look();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));

        assertEquals(List.of("changed /opt/x: its mode was 0644 and is 0700"), lines(check()));
    }

    @Test
    void a_changed_file_of_an_installed_package_is_told_below_etc_only() throws IOException {
        file(upper, "etc/shells", "other");
        file(upper, "usr/lib/libfoo.so.1", "newer");

        assertEquals(
                List.of("changed /etc/shells: it is not as in the image"),
                lines(check().knowing(paths -> Set.of("/etc/shells", "/usr/lib/libfoo.so.1"))));
    }

    @Test
    void a_large_file_that_was_only_touched_has_not_changed() throws IOException {
        String large = "x".repeat(100_000);
        file(low, "usr/large", large);
        file(upper, "usr/large", large);

        assertEquals(List.of(), lines(check()));

        file(upper, "usr/large", large.substring(1) + "y");

        assertEquals(List.of("changed /usr/large: it is not as in the image"), lines(check()));
    }

    @Test
    void a_file_of_the_image_that_is_gone_is_told() throws IOException {
        directory(upper, "etc");
        whiteout("etc/shells");
        whiteout("etc/was-never-there");

        assertEquals(List.of("gone /etc/shells: it is gone"), lines(check()));
    }

    @Test
    void a_gone_file_below_usr_is_told_when_an_installed_package_still_owns_it() throws IOException {
        directory(upper, "usr/lib");
        whiteout("usr/lib/libfoo.so.1");

        assertEquals(List.of(), lines(check()));
        assertEquals(
                List.of("gone /usr/lib/libfoo.so.1: it is gone"),
                lines(check().knowing(paths -> Set.of("/usr/lib/libfoo.so.1"))));
    }

    @Test
    void what_an_opaque_directory_hides_is_gone() throws IOException {
        file(low, "etc/foo/a", "a");
        file(boot, "etc/foo/b", "b");
        file(upper, "etc/foo/b", "b");
        opaque.add(upper.resolve("etc/foo"));

        assertEquals(List.of("gone /etc/foo/a: it is gone"), lines(check()));
    }

    @Test
    void a_file_that_setup_made_and_a_removal_took_is_gone() throws IOException {
        Path file = file(upper, "opt/setup", "1");
        before = look();
        Files.delete(file);

        assertEquals(List.of("gone /opt/setup: it is gone"), lines(check()));
    }

    @Test
    void a_file_that_came_back_as_it_was_is_no_leftover() throws IOException {
        directory(upper, "etc");
        whiteout("etc/shells");
        before = look();
        Files.delete(upper.resolve("etc/shells"));
        file(upper, "etc/shells", "/bin/sh\n");

        assertEquals(List.of(), lines(check()));
    }
}
