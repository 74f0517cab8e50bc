package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are copied into a booted machine and out of it. */
abstract class GuestFilesCases {

    private final Machine machine;

    GuestFilesCases(Machine machine) {
        this.machine = machine;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "two words", "it's", "a,b;c", "[x]*^$.\\", "&s|a|b|", "-dash", "line\nbreak", "ü€"})
    void a_file_of_any_name_is_copied_in_and_out(String name, @TempDir Path directory) throws Exception {
        Path source = Files.write(directory.resolve(name), new byte[] {0, 1, (byte) 255});
        machine.run("mkdir", "-p", "/srv/copies");

        machine.files().copyIn(source, "/srv/copies");
        machine.files().copyIn(source, "/srv/renamed " + name);
        machine.files().copyOut("/srv/copies/" + name, directory.resolve("back " + name));
        machine.files().copyOut("/srv/renamed " + name, Files.createDirectory(directory.resolve("into")));

        assertArrayEquals(new byte[] {0, 1, (byte) 255}, Files.readAllBytes(directory.resolve("back " + name)));
        assertArrayEquals(new byte[] {0, 1, (byte) 255}, Files.readAllBytes(directory.resolve("into/renamed " + name)));
    }

    @Test
    void a_directory_is_copied_with_its_modes_and_links_and_belongs_to_root(@TempDir Path directory) throws Exception {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Files.createDirectories(tree.resolve("a/tree"));
        Files.writeString(tree.resolve("a/tree/file"), "x");
        Files.setPosixFilePermissions(
                tree.resolve("a/tree/file"), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("tree/../a"));

        machine.files().copyIn(tree, "/srv/grove");
        machine.files().copyOut("/srv/grove/", directory.resolve("back"));

        assertEquals(
                "0 0 750",
                machine.run("stat", "-c", "%u %g %a", "/srv/grove/a/tree/file").text());
        assertEquals("tree/../a", machine.run("readlink", "/srv/grove/link").text());
        assertEquals("x", Files.readString(directory.resolve("back/a/tree/file")));
        assertEquals(Path.of("tree/../a"), Files.readSymbolicLink(directory.resolve("back/link")));
    }

    @Test
    void what_cannot_be_copied_is_told(@TempDir Path directory) throws Exception {
        Path large = Files.write(directory.resolve("large"), new byte[1 << 20]);
        for (Runnable copy : List.<Runnable>of(
                () -> machine.files().copyIn(directory.resolve("missing"), "/srv"),
                () -> machine.files().copyIn(large, "/no/such/place"),
                () -> machine.files().copyIn(large, "/no-such-directory/"),
                () -> machine.files().copyOut("/no/such/file", directory))) {
            HarnessException failure = assertThrows(HarnessException.class, copy::run);

            assertTrue(
                    failure.getMessage().toLowerCase(java.util.Locale.ROOT).contains("no such"), failure.getMessage());
        }
    }

    @Test
    void a_link_inside_leads_to_no_file_of_the_host(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "from outside");
        Path trap = Files.createDirectories(Path.of(directory.toString(), "trap"));
        machine.run("ln", "-s", trap.toString(), "/srv/trap");

        assertThrows(HarnessException.class, () -> machine.files().copyIn(file, "/srv/trap/file"));
        assertFalse(Files.exists(trap.resolve("file")));
    }
}
