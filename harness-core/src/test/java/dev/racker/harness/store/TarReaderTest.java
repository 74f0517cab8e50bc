package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {

    private static TarReader reader(byte[] archive) {
        return new TarReader(new ByteArrayInputStream(archive));
    }

    @Test
    void names_and_links_of_any_length_and_charset_are_read_byte_for_byte() throws IOException {
        for (String name : List.of("bad\u00ff\u00fe", "x".repeat(100), "d/".repeat(80) + "\u00e4", "y".repeat(101))) {
            for (String link : List.of("t", "z".repeat(100), "\u00ff".repeat(200))) {
                TarEntry entry = reader(
                                LayerFixture.rawLayer().symlink(name, link).bytes())
                        .next();
                assertEquals(name, entry.name());
                assertEquals(link, entry.link());
            }
        }
    }

    @Test
    void pax_records_override_the_header() throws IOException {
        String name = "d/".repeat(200) + "file";
        TarEntry entry = reader(LayerFixture.layer()
                        .owner(3_000_000, 5)
                        .pax("SCHILY.xattr.user.note", "a=b\nc")
                        .file(name, 04755, "content")
                        .bytes())
                .next();
        assertEquals(name, entry.name());
        assertEquals(3_000_000, entry.metadata().uid());
        assertEquals(5, entry.metadata().gid());
        assertEquals(04755, entry.metadata().mode());
        assertEquals(
                Instant.ofEpochSecond(1_600_000_000, 123_456_000),
                entry.metadata().mtime());
        assertArrayEquals(RawText.bytes("a=b\nc"), entry.metadata().xattrs().get("user.note"));
        assertEquals(7, entry.body().size());
    }

    @Test
    void attributes_as_libarchive_writes_them_are_read() throws IOException {
        TarEntry entry = reader(LayerFixture.layer()
                        .pax("LIBARCHIVE.xattr.user.a%20b%3D", "AAH/")
                        .file("f", "")
                        .bytes())
                .next();
        assertArrayEquals(
                new byte[] {0, 1, (byte) 0xff}, entry.metadata().xattrs().get("user.a b%3D"));
    }

    @Test
    void what_the_writer_writes_is_read_back() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(bytes);
        byte[] binary = new byte[256];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) i;
        }
        TarEntry entry = new TarEntry(
                TarEntry.SYMLINK,
                "./" + "\u00ff".repeat(300),
                "\u00fe".repeat(101),
                new TarEntry.Metadata(
                        07777, 4_000_000_000L, 524288, Instant.ofEpochSecond(-3, 7), Map.of("user.b", binary)),
                TarEntry.Body.NONE);
        writer.entry(entry);
        writer.end();
        TarEntry read = reader(bytes.toByteArray()).next();
        assertEquals(entry.name(), read.name());
        assertEquals(entry.link(), read.link());
        assertEquals(entry.metadata().mode(), read.metadata().mode());
        assertEquals(entry.metadata().uid(), read.metadata().uid());
        assertEquals(entry.metadata().mtime(), read.metadata().mtime());
        assertArrayEquals(binary, read.metadata().xattrs().get("user.b"));
    }

    @Test
    void an_archive_without_its_end_mark_is_complete_and_an_empty_one_is_empty() throws IOException {
        byte[] archive = LayerFixture.layer().file("a", "x").bytes();
        byte[] members = Arrays.copyOf(archive, lastMember(archive));
        TarReader reader = reader(members);
        assertEquals("a", reader.next().name());
        assertNull(reader.next());
        assertNull(reader(new byte[0]).next());
        assertNull(reader(new byte[10240]).next());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300, 423})
    void an_archive_that_nobody_has_closed_may_lack_the_padding_of_its_last_member(int present) throws IOException {
        byte[] archive = LayerFixture.layer().file("a", "x".repeat(600)).bytes();
        TarReader reader = reader(Arrays.copyOf(archive, 1536 + 600 + present));
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(copy);
        reader.next();
        reader.copyBody(writer);
        assertNull(reader.next());
        writer.end();
        assertArrayEquals(Arrays.copyOfRange(archive, 1536, 1536 + 2048), copy.toByteArray());
    }

    private static int lastMember(byte[] archive) {
        int end = archive.length;
        while (archive[end - 1] == 0) {
            end--;
        }
        return (end + 511) / 512 * 512;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 511, 513, 1024, 1200, 1536, 1537, 1600, 2135})
    void an_archive_that_ends_early_is_damaged(int length) {
        byte[] archive = LayerFixture.layer().file("a", "x".repeat(600)).bytes();
        assertEquals('x', archive[1536], "extended header, its records, header, body");
        byte[] cut = Arrays.copyOf(archive, length);
        assertThrows(UnpackException.class, () -> readAll(cut));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 130, 148, 156, 300})
    void a_flipped_bit_in_a_header_is_seen(int offset) {
        byte[] archive = LayerFixture.layer().file("a", "x").bytes();
        archive[offset] ^= 1;
        assertThrows(UnpackException.class, () -> readAll(archive));
    }

    @Test
    void what_is_no_archive_is_said_to_be_none() {
        byte[] text = "<html>not found</html>".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        UnpackException failure = assertThrows(UnpackException.class, () -> readAll(text));
        assertEquals(
                "Fetch or make the archive again, and check that it is a tar archive.",
                failure.hint().orElseThrow());
    }

    private static void readAll(byte[] archive) throws IOException {
        TarReader reader = reader(archive);
        while (reader.next() != null) {
            reader.copyBody(null);
        }
    }
}
