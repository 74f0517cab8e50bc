package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackLookupTest {

    @TempDir
    Path temporary;

    private final Set<Path> opaque = new HashSet<>();
    private Path low;
    private Path high;
    private StackLookup stack;

    @BeforeEach
    void layers() throws IOException {
        low = Files.createDirectory(temporary.resolve("low"));
        high = Files.createDirectory(temporary.resolve("high"));
        stack = new StackLookup(List.of(low, high), opaque::contains);
    }

    @Test
    void finds_a_file_of_the_lowest_layer() throws IOException {
        Path file = file(low, "etc/os-release");
        Files.createDirectory(high.resolve("etc"));

        assertEquals(Optional.of(file), stack.find("/etc/os-release"));
        assertEquals(Optional.of(high.resolve("etc")), stack.find("etc"));
        assertEquals(Optional.empty(), stack.find("/etc/hostname"));
    }

    @Test
    void prefers_the_file_of_the_highest_layer() throws IOException {
        file(low, "etc/os-release");
        Path file = file(high, "etc/os-release");

        assertEquals(Optional.of(file), stack.find("/etc/os-release"));
    }

    @Test
    void an_opaque_directory_hides_the_one_below() throws IOException {
        file(low, "etc/os-release");
        opaque.add(Files.createDirectory(high.resolve("etc")));

        assertEquals(Optional.empty(), stack.find("/etc/os-release"));
    }

    @Test
    void a_file_over_a_directory_hides_it() throws IOException {
        file(low, "etc/os-release");
        file(high, "etc");

        assertEquals(Optional.empty(), stack.find("/etc/os-release"));
    }

    @Test
    void a_directory_over_a_file_is_not_merged_with_what_is_below_the_file() throws IOException {
        Path middle = Files.createDirectory(temporary.resolve("middle"));
        file(low, "etc/os-release");
        file(middle, "etc");
        file(high, "etc/hostname");
        stack = new StackLookup(List.of(low, middle, high), opaque::contains);

        assertEquals(Optional.empty(), stack.find("/etc/os-release"));
        assertTrue(stack.find("/etc/hostname").isPresent());
    }

    @Test
    void follows_a_relative_link_of_one_layer_into_another() throws IOException {
        Path file = file(low, "usr/lib/systemd/systemd");
        Files.createSymbolicLink(high.resolve("lib"), Path.of("usr/lib"));

        assertEquals(Optional.of(file), stack.find("/lib/systemd/systemd"));
    }

    @Test
    void follows_an_absolute_link_inside_the_stack_and_not_into_the_host() throws IOException {
        Path outside = Files.createFile(temporary.resolve("outside"));
        Files.createSymbolicLink(high.resolve("escape"), outside.toAbsolutePath());
        Path init = file(low, "usr/sbin/init");
        Files.createSymbolicLink(low.resolve("sbin"), Path.of("/usr/sbin"));

        assertEquals(Optional.empty(), stack.find("/escape"));
        assertEquals(Optional.of(init), stack.find("/sbin/init"));
    }

    @Test
    void two_dots_never_leave_the_stack() throws IOException {
        Files.createFile(temporary.resolve("outside"));
        Path file = file(low, "a/b/file");
        Files.createSymbolicLink(low.resolve("a/up"), Path.of("../../../a/b/../b/file"));
        Files.createSymbolicLink(low.resolve("a/out"), Path.of("../../outside"));

        assertEquals(Optional.of(file), stack.find("/a/up"));
        assertEquals(Optional.empty(), stack.find("/a/out"));
    }

    @Test
    void a_loop_of_links_leads_nowhere() throws IOException {
        Files.createSymbolicLink(low.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(low.resolve("b"), Path.of("a"));

        assertEquals(Optional.empty(), stack.find("/a"));
    }

    @Test
    void a_link_of_a_higher_layer_replaces_a_directory_and_is_not_merged_with_it() throws IOException {
        file(low, "lib/old");
        Path file = file(high, "usr/lib/new");
        Files.createSymbolicLink(high.resolve("lib"), Path.of("usr/lib"));

        assertEquals(Optional.of(file), stack.find("/lib/new"));
        assertEquals(Optional.empty(), stack.find("/lib/old"));
        assertFalse(Files.isDirectory(high.resolve("lib"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void a_program_is_a_file_that_may_be_executed() throws IOException {
        file(low, "usr/bin/data");
        Path program = file(low, "usr/bin/program");
        assertTrue(program.toFile().setExecutable(true, false));

        assertTrue(stack.isProgram("/usr/bin/program"));
        assertFalse(stack.isProgram("/usr/bin/data"));
        assertFalse(stack.isProgram("/usr/bin"));
    }

    private static Path file(Path layer, String path) throws IOException {
        Path file = layer.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
