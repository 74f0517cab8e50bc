package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.RegistryException.Kind;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.Platform;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StoredImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a pull from a registry brings. */
class RegistryPullIT extends RegistryPullCase {

    @Test
    void a_pulled_image_has_its_layers_its_configuration_and_what_was_seen_in_it() throws IOException {
        Digest digest =
                push("app:1", new TestLayout.Layer(low, "gzip", "-n"), new TestLayout.Layer(high, "gzip", "-n"));

        PullResult result = fixture.pull(registry.host() + "/app:1");

        StoredImage image = result.image();
        assertEquals(PullResult.Outcome.DOWNLOADED, result.outcome());
        assertEquals(registry.host() + "/app:1", image.name());
        assertEquals(digest, image.digest());
        assertEquals("registry", image.source());
        assertEquals("debian", image.family());
        assertEquals(StoredImage.Boot.PENDING, image.boot());
        assertEquals(List.of("bash"), image.config().cmd());
        assertEquals(Instant.parse("2026-01-02T03:04:05Z"), image.created());
        assertEquals(2, image.layers().size());
        assertTrue(image.size() > 0);
        assertEquals("new", Files.readString(fixture.file(result, "etc/new")));
        Path whiteout = fixture.store.layers().path(image.layers().get(1)).resolve("etc/gone");
        assertEquals(0L, Files.getAttribute(whiteout, "unix:rdev", LinkOption.NOFOLLOW_LINKS));
        assertEquals(524288, Files.getAttribute(fixture.file(result, "etc/new"), "unix:uid"));
        assertEquals(image, fixture.store.images().find(image.name()).orElseThrow());
    }

    @Test
    void each_layer_is_unpacked_once_whether_that_began_early_or_not() throws IOException {
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"), new TestLayout.Layer(high, "gzip", "-n"));

        PullResult result = fixture.pull(registry.host() + "/app:1");

        assertEquals("new", Files.readString(fixture.file(result, "etc/new")));
        assertEquals(3, unpackings(), "files of two layers, and the directories of both: " + fixture.commands);
    }

    @Test
    void an_image_in_dockers_format_has_the_registrys_digest_and_is_unpacked_once() throws IOException {
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"));
        String name = "docker://" + registry.host() + "/app:";
        CommandRunner runner = new CommandRunner();
        runner.run(Command.of("skopeo", "copy", "--quiet", "--format=v2s2", "--src-tls-verify=false")
                .with("--dest-tls-verify=false", name + "1", name + "2"));
        byte[] raw = runner.run(Command.of("skopeo", "inspect", "--raw", "--tls-verify=false", name + "2"))
                .stdout();

        PullResult result = fixture.pull(registry.host() + "/app:2");

        assertTrue(new String(raw, StandardCharsets.UTF_8).contains("application/vnd.docker.distribution.manifest.v2"));
        assertEquals(Sha256.of(raw), result.image().digest());
        assertEquals(2, unpackings(), fixture.commands.toString());
        assertEquals(
                PullResult.Outcome.UP_TO_DATE,
                fixture.pull(registry.host() + "/app:2").outcome());
    }

    @Test
    void a_second_pull_finds_the_image_up_to_date_and_copies_nothing() throws IOException {
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"));
        PullResult first = fixture.pull(registry.host() + "/app:1");
        fixture.commands.clear();

        PullResult second = fixture.pull(registry.host() + "/app:1");

        assertEquals(PullResult.Outcome.UP_TO_DATE, second.outcome());
        assertEquals(first.image(), second.image());
        assertEquals(1, fixture.commands.size(), fixture.commands.toString());
    }

    @Test
    void a_moved_tag_is_seen_and_only_new_blobs_are_transferred() throws IOException {
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"));
        PullResult before = fixture.pull(registry.host() + "/app:1");
        Digest moved = push("app:1", new TestLayout.Layer(low, "gzip", "-n"), new TestLayout.Layer(high, "gzip", "-n"));
        Path blob = firstLayerBlob();
        Object inode = Files.getAttribute(blob, "unix:ino");

        PullResult after = fixture.pull(registry.host() + "/app:1");

        assertEquals(PullResult.Outcome.DOWNLOADED, after.outcome());
        assertEquals(moved, after.image().digest());
        assertEquals(before.image().layers().get(0), after.image().layers().get(0));
        assertEquals(inode, Files.getAttribute(blob, "unix:ino"));
        assertFalse(fixture.store.garbage().collect().deferred());
        assertTrue(Files.exists(blob), "the collector must see what the image refers to");
    }

    @Test
    void an_image_without_compression_and_one_with_zstd_unpack_to_the_same() throws IOException {
        push("plain:1", new TestLayout.Layer(low));
        push("zstd:1", new TestLayout.Layer(low, "zstd", "-q"));

        PullResult plain = fixture.pull(registry.host() + "/plain:1");
        PullResult zstd = fixture.pull(registry.host() + "/zstd:1");

        assertEquals(plain.image().layers(), zstd.image().layers());
    }

    @Test
    void what_an_upper_layer_hides_is_not_taken_for_there() throws IOException {
        Path opaque = PullFixture.tree(temporary.resolve("opaque"), "usr/bin/.wh..wh..opq", "");
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"), new TestLayout.Layer(opaque, "gzip", "-n"));
        Path whiteout = PullFixture.tree(temporary.resolve("whiteout"), "usr/lib/.wh.os-release", "");
        push("app:2", new TestLayout.Layer(low, "gzip", "-n"), new TestLayout.Layer(whiteout, "gzip", "-n"));
        Path root = PullFixture.tree(temporary.resolve("root"), ".wh..wh..opq", "");
        push("app:3", new TestLayout.Layer(low, "gzip", "-n"), new TestLayout.Layer(root, "gzip", "-n"));

        assertEquals(
                StoredImage.Boot.NONE,
                fixture.pull(registry.host() + "/app:1").image().boot());
        assertEquals("", fixture.pull(registry.host() + "/app:2").image().family());
        assertEquals(
                1, fixture.pull(registry.host() + "/app:3").image().layers().size());
    }

    @Test
    void of_an_index_the_platform_asked_for_is_taken() throws IOException {
        Digest digest = layout.multi("m", new String[] {"amd64", "arm64"}, new TestLayout.Layer(low, "gzip", "-n"));
        registry.push(layout.directory(), "m", "multi:1");

        PullResult arm =
                fixture.pull(registry.host() + "/multi:1", ANY_TLS, Platform.parse("linux/arm64"), SourceChoice.AUTO);
        PullResult amd = fixture.pull(registry.host() + "/multi:1");

        assertEquals("linux/arm64", arm.image().platform().toString());
        assertEquals("linux/amd64", amd.image().platform().toString());
        assertEquals(digest, amd.image().digest());
        RegistryException e = assertThrows(
                RegistryException.class,
                () -> fixture.pull(
                        registry.host() + "/multi:1", ANY_TLS, Platform.parse("linux/s390x"), SourceChoice.AUTO));
        assertEquals(Kind.PLATFORM_MISSING, e.kind());
        assertTrue(e.getMessage().contains("linux/amd64, linux/arm64"), e.getMessage());
    }

    @Test
    void a_damaged_blob_is_fetched_again() throws IOException {
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"));
        PullResult first = fixture.pull(registry.host() + "/app:1");
        fixture.store.images().remove(first.image().name());
        fixture.store.layers().delete(first.image().layers().get(0));
        Path blob = firstLayerBlob();
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob, bytes);

        PullResult again = fixture.pull(registry.host() + "/app:1");

        assertEquals(first.image().layers(), again.image().layers());
        assertEquals(blob.getFileName().toString(), Sha256.of(blob).hex());
        assertTrue(fixture.notes.toString().contains("damaged"), fixture.notes.toString());
    }

    @Test
    void two_pulls_of_one_image_do_the_work_once() throws IOException {
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"));
        String name = registry.host() + "/app:1";

        CompletableFuture<PullResult> other =
                CompletableFuture.supplyAsync(() -> fixture.pull(name), task -> new Thread(task).start());
        Set<PullResult.Outcome> outcomes =
                Set.of(fixture.pull(name).outcome(), other.join().outcome());

        assertEquals(Set.of(PullResult.Outcome.DOWNLOADED, PullResult.Outcome.UP_TO_DATE), outcomes);
        assertEquals(
                1,
                fixture.commands.stream()
                        .filter(line -> line.contains(" copy "))
                        .count());
    }

    @Test
    void pulls_of_different_images_at_the_same_time_all_arrive() throws IOException {
        push("a:1", new TestLayout.Layer(low, "gzip", "-n"));
        push("b:1", new TestLayout.Layer(low, "gzip", "-n"), new TestLayout.Layer(high, "gzip", "-n"));
        push("c:1", new TestLayout.Layer(high, "gzip", "-n"));

        Stream.of("a", "b", "c")
                .map(name -> CompletableFuture.supplyAsync(
                        () -> fixture.pull(registry.host() + "/" + name + ":1"), task -> new Thread(task).start()))
                .toList()
                .forEach(CompletableFuture::join);

        assertEquals(3, fixture.store.oci().index().size());
        fixture.store.garbage().collect();
        assertEquals(
                fixture.store.oci().listBlobs(),
                fixture.store.oci().referenced(fixture.store.oci().index()));
    }

    private long unpackings() {
        return fixture.commands.stream()
                .filter(command -> command.startsWith("tar --extract"))
                .count();
    }

    /** The largest blob is the layer. */
    private Path firstLayerBlob() throws IOException {
        try (Stream<Path> blobs = Files.list(fixture.store.oci().blobs().resolve("sha256"))) {
            List<Path> gzip = blobs.filter(RegistryPullIT::isGzip).collect(Collectors.toList());
            assertEquals(1, gzip.size());
            return gzip.get(0);
        }
    }

    private static boolean isGzip(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
