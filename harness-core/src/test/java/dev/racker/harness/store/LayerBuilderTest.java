package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the extractor decides, seen in the plain archive that it writes. */
class LayerBuilderTest {

    /** Members, then directories as they are at the end, as {@code TYPE PATH [-> LINK]}. */
    private record Built(List<String> members, List<TarEntry> directories, Extraction extraction) {
        boolean opaque(String path) {
            return directories.stream()
                    .anyMatch(
                            d -> d.name().equals(path) && d.metadata().xattrs().containsKey("trusted.overlay.opaque"));
        }
    }

    private static Built build(LayerFixture layer) {
        return build(layer.bytes(), true);
    }

    private static Built build(byte[] layer, boolean whiteouts) {
        try {
            EntryMapping mapping = new EntryMapping(IdMapping.IDENTITY, IdMapping.SHIFTED, false);
            ByteArrayOutputStream members = new ByteArrayOutputStream();
            TarWriter writer = new TarWriter(members);
            LayerBuilder builder = new LayerBuilder(writer, mapping, whiteouts);
            TarReader reader = new TarReader(new ByteArrayInputStream(layer));
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                builder.add(entry, reader);
            }
            builder.whiteOut();
            writer.end();
            UnpackedLayer unpacked = builder.unpacked();
            List<String> told = new ArrayList<>();
            for (TarEntry entry : read(members.toByteArray())) {
                told.add(entry.type() + " " + entry.name() + (entry.link().isEmpty() ? "" : " -> " + entry.link()));
            }
            return new Built(told, unpacked.directories(), unpacked.extraction());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<TarEntry> read(byte[] archive) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive));
        List<TarEntry> entries = new ArrayList<>();
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            entries.add(entry);
        }
        return entries;
    }

    private static String refused(LayerFixture layer) {
        return assertThrows(UnpackException.class, () -> build(layer)).getMessage();
    }

    @Test
    void an_entry_below_a_symlink_goes_where_the_link_leads_inside_the_tree() {
        Built built = build(LayerFixture.layer()
                .dir("usr/bin", 0755)
                .symlink("bin", "usr/bin")
                .symlink("abs", "/usr/bin")
                .symlink("chain", "abs/../bin")
                .symlink("usr/up", "..")
                .symlink("usr/abs", "/usr/bin")
                .file("bin/a", "")
                .file("abs/b", "")
                .file("chain/c", "")
                .file("usr/up/d", "")
                .file("usr/abs/e", ""));
        assertTrue(
                built.members()
                        .containsAll(
                                List.of("0 ./usr/bin/a", "0 ./usr/bin/b", "0 ./usr/bin/c", "0 ./d", "0 ./usr/bin/e")),
                built.members().toString());
        assertEquals(
                List.of("."),
                built.extraction().implicitDirectories().stream()
                        .filter(d -> !d.equals("usr"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "../../../../etc", "/../etc", "x/../../etc/../etc"})
    void a_symlink_out_of_the_tree_leads_to_a_directory_inside(String target) {
        Built built = build(LayerFixture.layer().symlink("out", target).file("out/passwd", "root::0:0"));
        assertTrue(built.members().contains("0 ./etc/passwd"), built.members().toString());
        assertTrue(built.extraction().implicitDirectories().contains("etc"));
    }

    @Test
    void a_hard_link_through_a_symlink_stays_inside() {
        Built built = build(
                LayerFixture.layer().symlink("out", "/").file("etc/passwd", "").hardLink("copy", "out/etc/passwd"));
        assertTrue(
                built.members().contains("1 ./copy -> ./etc/passwd"),
                built.members().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/shadow", "../../etc/shadow", "/etc/shadow", ".", "d"})
    void a_hard_link_to_what_the_layer_does_not_hold_is_refused(String target) {
        assertTrue(refused(LayerFixture.layer().dir("d", 0755).hardLink("copy", target))
                .startsWith("Tried to unpack '"));
    }

    @Test
    void links_in_a_circle_are_refused() {
        assertTrue(
                refused(LayerFixture.layer().symlink("a", "b").symlink("b", "a").file("a/x", ""))
                        .contains("circle"));
    }

    @Test
    void a_file_as_a_parent_is_refused() {
        assertTrue(refused(LayerFixture.layer().file("a", "").file("a/b", "")).contains("is not a directory"));
    }

    @Test
    void the_root_can_only_be_a_directory() {
        assertTrue(refused(LayerFixture.layer().symlink("./", "/etc")).contains("must be a directory"));
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 5000, 9000})
    void a_name_that_no_file_can_have_is_refused_in_a_short_message(int length) {
        String name = length == 256 ? "n".repeat(length) : "d/".repeat(length / 2) + "f";
        String message = refused(LayerFixture.layer().file(name, ""));
        assertTrue(message.contains("too long") && message.length() < 500, message);
    }

    @Test
    void an_unknown_type_is_refused_by_name() {
        assertTrue(refused(LayerFixture.layer().special("strange", (byte) 'Q')).contains("'strange'"));
    }

    @Test
    void an_owner_outside_the_range_is_refused_by_name() {
        String message = refused(LayerFixture.layer().owner(70000, 0).file("home/x", ""));
        assertTrue(message.contains("'home/x'") && message.contains("70000"), message);
    }

    @Test
    void missing_parents_are_made_once_and_told() {
        Built built = build(
                LayerFixture.layer().file("a/b/one", "").file("a/b/two", "").dir("a", 0700));
        assertEquals(List.of("5 ./a", "5 ./a/b", "0 ./a/b/one", "0 ./a/b/two"), built.members());
        assertEquals(List.of(".", "a/b"), built.extraction().implicitDirectories());
    }

    @Test
    void a_later_member_takes_the_place_of_an_earlier_one_of_any_type() {
        Built built = build(LayerFixture.layer()
                .dir("a", 0755)
                .file("a/below", "")
                .file("a", "")
                .dir("a", 0755)
                .symlink("a", "b")
                .file("a", ""));
        assertEquals(List.of("5 ./a", "0 ./a/below", "0 ./a", "5 ./a", "2 ./a -> b", "0 ./a"), built.members());
        assertEquals(1, built.directories().size());
    }

    @Test
    void a_hard_link_to_itself_changes_nothing_and_one_that_replaces_its_target_is_refused() {
        assertEquals(
                List.of("0 ./a"),
                build(LayerFixture.layer().file("a", "").hardLink("./a", "a")).members());
        assertTrue(refused(LayerFixture.layer().dir("d", 0755).file("d/f", "").hardLink("d", "d/f"))
                .contains("within what it replaces"));
    }

    @Test
    void a_whiteout_becomes_a_device_and_a_real_entry_of_that_name_wins_in_any_order() {
        Built built = build(LayerFixture.layer()
                .file("etc/.wh.gone", "")
                .file("etc/.wh.first", "")
                .file("etc/first", "")
                .file("etc/last", "")
                .file("etc/.wh.last", ""));
        assertEquals(List.of("5 ./etc", "0 ./etc/first", "0 ./etc/last", "3 ./etc/gone"), built.members());
        assertEquals(1, built.extraction().whiteouts());
    }

    @Test
    void a_directory_that_is_removed_and_made_again_is_opaque_in_any_order() {
        Built built = build(LayerFixture.layer()
                .file(".wh.a", "")
                .dir("a", 0755)
                .file("b/x", "")
                .file(".wh.b", ""));
        assertTrue(built.opaque("./a"));
        assertTrue(built.opaque("./b"));
        assertEquals(0, built.extraction().whiteouts());
    }

    @Test
    void an_opaque_mark_is_an_attribute_whatever_comes_after_it() {
        Built built = build(
                LayerFixture.layer().file("a/.wh..wh..opq", "").dir("a", 0755).dir("b", 0755));
        assertTrue(built.opaque("./a"));
        assertFalse(built.opaque("./b"));
        assertFalse(built.extraction().opaqueRoot());
    }

    @Test
    void an_opaque_root_is_told_because_overlayfs_cannot_express_it() {
        assertTrue(build(LayerFixture.layer().file(".wh..wh..opq", ""))
                .extraction()
                .opaqueRoot());
    }

    @Test
    void metadata_of_aufs_is_left_out() {
        assertEquals(
                List.of(),
                build(LayerFixture.layer().file(".wh..wh.aufs", "").dir(".wh..wh.plnk", 0755))
                        .members());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/.wh.", "a/.wh..", "a/.wh..."})
    void a_whiteout_of_no_name_is_refused(String name) {
        assertTrue(refused(LayerFixture.layer().file(name, "")).contains("whiteout of no name"));
    }

    @Test
    void a_root_file_system_has_no_whiteouts() {
        Built built = build(
                LayerFixture.layer()
                        .file("x/.wh.name", "")
                        .file("x/.wh..wh..opq", "")
                        .bytes(),
                false);
        assertEquals(List.of("5 ./x", "0 ./x/.wh.name", "0 ./x/.wh..wh..opq"), built.members());
    }

    @Test
    void devices_and_pipes_stay_what_they_are() {
        Built built = build(LayerFixture.layer()
                .device("dev/null", TarConstants.LF_CHR, 1, 3)
                .device("dev/sda", TarConstants.LF_BLK, 8, 0)
                .special("dev/pipe", TarConstants.LF_FIFO));
        assertEquals(List.of("5 ./dev", "3 ./dev/null", "4 ./dev/sda", "6 ./dev/pipe"), built.members());
    }
}
