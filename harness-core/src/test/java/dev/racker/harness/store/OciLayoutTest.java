package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.Platform;
import dev.racker.harness.store.OciLayout.Config;
import dev.racker.harness.store.OciLayout.Descriptor;
import dev.racker.harness.store.OciLayout.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OciLayoutTest {

    @TempDir
    Path directory;

    private OciLayout layout;

    @BeforeEach
    void open() {
        layout = new OciLayout(directory.resolve("oci"), new Locks(directory.resolve("locks")));
    }

    static Descriptor put(OciLayout layout, String content) throws IOException {
        layout.create();
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.sha256(Sha256.hex(bytes));
        Files.write(layout.blob(digest), bytes);
        return new Descriptor("application/octet-stream", digest, bytes.length, null, null);
    }

    static String json(Descriptor descriptor) {
        return "{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\"" + descriptor.digest() + "\",\"size\":"
                + descriptor.size() + "}";
    }

    /** An image of one layer; gives its manifest. */
    static Descriptor putImage(OciLayout layout, String layer) throws IOException {
        Descriptor config = put(
                layout,
                "{\"created\":\"2024-01-02T03:04:05.5+01:00\",\"architecture\":\"arm64\",\"variant\":\"v8\","
                        + "\"os\":\"linux\",\"config\":{\"Cmd\":[\"" + layer + "\"]},"
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + Digest.sha256(Sha256.hex(layer))
                        + "\"]}}");
        return put(
                layout,
                "{\"schemaVersion\":2,\"config\":" + json(config) + ",\"layers\":[" + json(put(layout, layer)) + "]}");
    }

    @Test
    void a_manifest_and_its_configuration_are_read() throws IOException {
        Descriptor image = putImage(layout, "a layer");

        Manifest manifest = layout.manifest(image.digest());
        Config config = layout.config(manifest.config().digest());

        assertEquals(1, manifest.layers().size());
        assertEquals(7, manifest.layers().get(0).size());
        assertEquals("application/octet-stream", manifest.layers().get(0).mediaType());
        assertEquals(List.of("a layer"), config.config().cmd());
        assertEquals(new Platform("linux", "arm64", "v8"), config.platform());
        assertEquals(Instant.parse("2024-01-02T02:04:05.5Z"), config.created());
        assertEquals(List.of(Digest.sha256(Sha256.hex("a layer"))), config.diffIds());
        assertEquals(List.of(), layout.manifests(image.digest()));
        try (InputStream in = layout.open(manifest.layers().get(0))) {
            assertEquals("a layer", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void an_index_is_read_with_its_platforms() throws IOException {
        Descriptor image = putImage(layout, "x");
        Descriptor index = put(
                layout,
                "{\"manifests\":[{\"digest\":\"" + image.digest() + "\",\"size\":1,\"platform\":{\"os\":\"linux\","
                        + "\"architecture\":\"arm\",\"variant\":\"v7\"}},{\"digest\":\"" + image.digest()
                        + "\",\"size\":1,\"platform\":{\"os\":\"unknown OS\",\"architecture\":\"X\"}}]}");

        List<Descriptor> manifests = layout.manifests(index.digest());

        assertEquals(new Platform("linux", "arm", "v7"), manifests.get(0).platform());
        assertEquals(null, manifests.get(1).platform());
        HarnessException failure = assertThrows(HarnessException.class, () -> layout.manifest(index.digest()));
        assertTrue(failure.getMessage().contains("it is an index of manifests"), failure.getMessage());
    }

    @Test
    void a_flipped_byte_is_told_by_the_blobs_digest_and_a_removed_blob_can_be_put_again() throws IOException {
        Descriptor image = putImage(layout, "x");
        byte[] bytes = Files.readAllBytes(layout.blob(image.digest()));
        bytes[bytes.length / 2] ^= 1;
        Files.write(layout.blob(image.digest()), bytes);

        DigestMismatchException failure =
                assertThrows(DigestMismatchException.class, () -> layout.manifest(image.digest()));

        assertEquals(image.digest(), failure.digest());
        assertTrue(failure.getMessage().contains(image.digest().toString()), failure.getMessage());
        assertTrue(failure.hint().orElseThrow().contains("Pull the image again"));
        assertTrue(layout.removeBlob(image.digest()));
        assertFalse(layout.removeBlob(image.digest()));
        failure = assertThrows(DigestMismatchException.class, () -> layout.manifest(image.digest()));
        assertTrue(failure.getMessage().contains("it is not there"), failure.getMessage());
        putImage(layout, "x");
        assertEquals(1, layout.manifest(image.digest()).layers().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "5",
                "{\"config\":5}",
                "{\"config\":{}}",
                "{\"config\":{\"size\":1}}",
                "{\"config\":{\"digest\":\"sha256:0\",\"size\":1}}",
                "{\"config\":{\"digest\":7,\"size\":1}}",
                "{\"layers\":{}}",
                "{\"layers\":[5]}",
            })
    void a_damaged_document_is_told(String json) throws IOException {
        Descriptor blob = put(layout, json);

        HarnessException failure = assertThrows(HarnessException.class, () -> layout.manifest(blob.digest()));

        assertTrue(
                failure.getMessage().startsWith("Tried to read the manifest " + blob.digest()), failure.getMessage());
        assertTrue(failure.hint().isPresent());
        assertTrue(layout.referenced(List.of(blob)).contains(blob.digest()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"config\":{\"Cmd\":5}}", "{\"rootfs\":{\"diff_ids\":[5]}}"})
    void a_damaged_configuration_is_told(String json) throws IOException {
        Descriptor blob = put(layout, json);

        HarnessException failure = assertThrows(HarnessException.class, () -> layout.config(blob.digest()));

        assertTrue(failure.getMessage().startsWith("Tried to read the image configuration "), failure.getMessage());
    }

    @Test
    void entries_of_the_index_are_put_replaced_and_removed() throws IOException {
        Descriptor one = putImage(layout, "1");
        Descriptor two = putImage(layout, "2");
        assertEquals(List.of(), layout.index());

        layout.putEntry("a", one);
        layout.putEntry("b", one);
        layout.putEntry("a", two);

        assertEquals(Optional.of(two.named("a")), layout.entry("a"));
        assertEquals(Optional.of(one.named("b")), layout.entry("b"));
        assertEquals(
                "{\"imageLayoutVersion\":\"1.0.0\"}",
                Files.readString(layout.directory().resolve("oci-layout")));
        assertTrue(layout.removeEntry("a"));
        assertFalse(layout.removeEntry("a"));
        assertEquals(List.of(one.named("b")), layout.index());
    }

    @Test
    void what_an_index_says_besides_stays_when_an_entry_is_put_or_removed() throws IOException {
        Descriptor image = putImage(layout, "1");
        Path index = layout.directory().resolve("index.json");
        String other = json(image).replace("}", ",\"urls\":[\"a\",{\"b\":1.50}],\"artifactType\":null}");
        Files.writeString(index, "{\"x\":{\"y\":[1,true]},\"manifests\":[" + other + "],\"z\":\"\\u00fc\"}");

        layout.putEntry("a", image);
        layout.removeEntry("a");

        assertEquals(
                "{\"x\":{\"y\":[1,true]},\"manifests\":[" + other + "],\"z\":\"\u00fc\"}\n", Files.readString(index));
        layout.retainEntries(Set.of());
        assertEquals(List.of(), layout.index());
    }

    @Test
    void another_configuration_leaves_the_rest_of_a_manifest_as_it_is() throws IOException {
        Descriptor image = putImage(layout, "1");
        String before = "{\"config\":" + json(image) + ",\"layers\":[],\"annotations\":{\"a\":\"b\"}}";
        Descriptor config = put(layout, "{}");

        String after = new String(
                OciManifests.withConfig(before.getBytes(StandardCharsets.UTF_8), config), StandardCharsets.UTF_8);

        assertEquals(before.replace(json(image), json(config)), after.strip());
    }

    @Test
    void no_entry_is_lost_when_many_are_put_at_once() throws Exception {
        Descriptor image = putImage(layout, "1");
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String name = "n" + i;
            waiting.add(
                    CompletableFuture.runAsync(() -> layout.putEntry(name, image), task -> new Thread(task).start()));
        }
        for (CompletableFuture<Void> each : waiting) {
            each.get(30, TimeUnit.SECONDS);
        }
        assertEquals(12, layout.index().size());
    }

    @Test
    void a_damaged_index_is_told_by_its_file() throws IOException {
        layout.create();
        Files.writeString(layout.directory().resolve("index.json"), "{\"manifests\":");

        HarnessException failure = assertThrows(HarnessException.class, () -> layout.index());

        assertTrue(failure.getMessage().contains("index.json"), failure.getMessage());
        assertTrue(
                failure.hint().orElseThrow().contains("Remove"), failure.hint().orElseThrow());
    }

    @Test
    void all_that_an_image_needs_is_referenced_through_an_index_too() throws IOException {
        Descriptor image = putImage(layout, "1");
        Descriptor index = put(layout, "{\"manifests\":[" + json(image) + "]}");
        putImage(layout, "other");
        Manifest manifest = layout.manifest(image.digest());
        Set<Digest> expected = new HashSet<>(Set.of(
                index.digest(),
                image.digest(),
                manifest.config().digest(),
                manifest.layers().get(0).digest()));

        assertEquals(expected, layout.referenced(List.of(index)));
        assertEquals(7, layout.listBlobs().size());
    }

    @Test
    void a_stream_is_verified_however_it_is_read() throws IOException {
        byte[] content = "0123456789".repeat(20000).getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.sha256(Sha256.hex(content));

        try (VerifyingInputStream in = stream(content, digest, content.length)) {
            assertEquals('0', in.read());
            assertEquals(100000, in.skip(100000));
            assertEquals('1', in.read());
            assertFalse(in.markSupported());
            in.finish();
            assertEquals(-1, in.read());
            assertEquals(0, in.skip(1));
        }
        assertMismatch(content, digest, content.length - 1, "longer than its 199999 bytes");
        assertMismatch(content, digest, content.length + 1, "200000 bytes where it should have 200001");
        assertMismatch(content, Digest.sha256(Sha256.hex("other")), -1, "its content has the digest " + digest);
        String sha512 = Sha256.toHex(Sha256.newDigest("SHA-512").digest(content));
        try (VerifyingInputStream in = stream(content, new Digest("sha512", sha512), -1)) {
            in.finish();
        }
    }

    private static void assertMismatch(byte[] content, Digest digest, long size, String problem) throws IOException {
        try (VerifyingInputStream in = stream(content, digest, size)) {
            DigestMismatchException failure = assertThrows(DigestMismatchException.class, in::finish);
            assertTrue(failure.getMessage().contains(problem), failure.getMessage());
        }
    }

    private static VerifyingInputStream stream(byte[] content, Digest digest, long size) {
        return new VerifyingInputStream(new java.io.ByteArrayInputStream(content), digest, size);
    }
}
