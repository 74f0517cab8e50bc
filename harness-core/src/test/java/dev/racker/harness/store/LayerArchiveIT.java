package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers of the store, packed for other programs and unpacked again. */
class LayerArchiveIT {

    private static final LayerId ID = LayerId.ofRecipe("archived");

    private final CommandRunner runner = new CommandRunner();

    @TempDir
    Path temporary;

    private Store store;
    private Path tree;

    @BeforeEach
    void make() {
        store = Store.open(
                new StateDirectories(temporary.resolve("state"), temporary.resolve("cache"), temporary.resolve("run")),
                runner);
        byte[] layer = LayerFixture.layer()
                .dir("etc", 0755)
                .owner(1000, 2000)
                .file("etc/owned", 0640, "content")
                .hardLink("etc/linked", "etc/owned")
                .owner(0, 0)
                .file("etc/.wh.gone", "")
                .dir("var", 0750)
                .file("var/.wh..wh..opq", "")
                .file("var/new", "new")
                .symlink("etc/dangling", "/no/where")
                .dir("d".repeat(90), 0700)
                .file("d".repeat(90) + "/" + "n".repeat(120), "long")
                .special("etc/fifo", (byte) '6')
                .device("etc/null", (byte) '3', 1, 3)
                .bytes();
        tree = store.layers()
                .ensure(
                        ID,
                        directory -> new TarExtractor(runner)
                                .extract(new ByteArrayInputStream(layer), directory, IdMapping.SHIFTED));
    }

    @Test
    void a_layer_unpacked_from_its_archive_is_the_same_layer() throws IOException {
        runner.run(Command.of(
                "setcap",
                "-n",
                "524288",
                "cap_net_raw+ep",
                tree.resolve("etc/owned").toString()));
        Path again = temporary.resolve("again");

        byte[] archive = archive();
        new TarExtractor(runner).extract(new ByteArrayInputStream(archive), again, IdMapping.SHIFTED);

        assertEquals(TreeSnapshot.of(runner, tree), TreeSnapshot.of(runner, again));
        String owned = TreeSnapshot.of(runner, again).get("etc/owned");
        assertTrue(owned.contains("640 525288:526288"), owned);
        assertTrue(owned.contains("security.capability=0x01000003"), owned); // of the third version, for our range
        assertTrue(owned.contains("links [etc/linked, etc/owned]"), owned);
        assertTrue(TreeSnapshot.of(runner, again).get("etc/gone").startsWith("c "));
        assertTrue(TreeSnapshot.of(runner, again).get("var").contains("trusted.overlay.opaque=0x79"));
        assertArrayEquals(archive, archive(), "the same bytes each time");
    }

    @Test
    void other_programs_see_owners_of_the_image_and_whiteouts_as_files() {
        byte[] archive = archive();
        String listing = runner.run(Command.of("tar", "--list", "--verbose", "--numeric-owner", "--file=-")
                        .stdin(Command.Input.of(archive)))
                .text();
        assertTrue(listing.contains("1000/2000"), listing);
        List<String> names = runner.run(Command.of("tar", "--list", "--file=-").stdin(Command.Input.of(archive)))
                .text()
                .lines()
                .toList();
        assertTrue(names.containsAll(List.of("./", "etc/.wh.gone", "var/.wh..wh..opq", "etc/owned")), names.toString());
        assertTrue(names.indexOf("var/") < names.indexOf("var/.wh..wh..opq"), names.toString());
    }

    @Test
    void whiteouts_that_the_kernel_has_linked_are_whiteouts_all() throws IOException {
        Files.createLink(tree.resolve("etc/also-gone"), tree.resolve("etc/gone"));

        List<String> names = runner.run(Command.of("tar", "--list", "--file=-").stdin(Command.Input.of(archive())))
                .text()
                .lines()
                .toList();

        assertTrue(names.containsAll(List.of("etc/.wh.gone", "etc/.wh.also-gone")), names.toString());
        assertTrue(!names.contains("etc/gone") && !names.contains("etc/also-gone"), names.toString());
    }

    private byte[] archive() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new LayerArchive(store.layers(), runner).write(ID, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
