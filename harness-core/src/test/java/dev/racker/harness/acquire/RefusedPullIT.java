package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.RegistryException.Kind;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Registries and images from which nothing comes, and what is told of them. */
class RefusedPullIT extends RegistryPullCase {

    @Test
    void a_single_image_for_another_platform_is_refused() throws IOException {
        layout.image("a", "arm64", new TestLayout.Layer(low, "gzip", "-n"));
        registry.push(layout.directory(), "a", "app:1");

        assertEquals(
                Kind.PLATFORM_MISSING,
                failure(registry.host() + "/app:1", ANY_TLS).kind());
    }

    @Test
    void an_image_that_lies_about_its_layer_is_refused_and_does_not_spoil_the_honest_one() throws IOException {
        String other = "cat >/dev/null; tar -C '" + high + "' -c . | gzip -n";
        push("liar:1", new TestLayout.Layer(low, "sh", "-c", other));
        push("honest:1", new TestLayout.Layer(low, "gzip", "-n"));

        SourceException e = assertThrows(SourceException.class, () -> fixture.pull(registry.host() + "/liar:1"));

        assertTrue(e.getMessage().contains("it unpacks to sha256:"), e.getMessage());
        assertEquals(List.of(), fixture.store.layers().list());
        PullResult honest = fixture.pull(registry.host() + "/honest:1");
        assertEquals("", Files.readString(fixture.file(honest, "etc/gone")));
    }

    @Test
    void the_old_image_stays_when_the_new_one_cannot_be_had() throws IOException {
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"));
        PullResult before = fixture.pull(registry.host() + "/app:1");
        push("app:1", new TestLayout.Layer(high, "gzip", "-n"));
        String layer = layerDigest();
        Path data = temporary.resolve(
                "registry/data/docker/registry/v2/blobs/sha256/" + layer.substring(0, 2) + "/" + layer);
        Files.delete(data.resolve("data"));

        assertThrows(HarnessException.class, () -> fixture.pull(registry.host() + "/app:1"));

        assertEquals(
                before.image(),
                fixture.store.images().find(before.image().name()).orElseThrow());
        assertTrue(fixture.store.layers().contains(before.image().layers().get(0)));
    }

    @Test
    void a_missing_tag_and_a_missing_repository_are_not_found() throws IOException {
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"));

        assertEquals(
                Kind.NOT_FOUND, failure(registry.host() + "/app:2", ANY_TLS).kind());
        assertEquals(
                Kind.NOT_FOUND, failure(registry.host() + "/nope:1", ANY_TLS).kind());
    }

    @Test
    void plain_http_is_refused_with_the_option_that_allows_it() {
        RegistryException e = failure(registry.host() + "/app:1", RegistryOptions.defaults());

        assertEquals(Kind.TLS, e.kind());
        assertTrue(e.hint().orElseThrow().contains("--tls-verify=false"));
    }

    @Test
    void what_nobody_listens_to_and_what_has_no_name_cannot_be_reached() throws IOException {
        String host = registry.host();
        registry.close();

        RegistryException refused = failure(host + "/app:1", ANY_TLS);
        RegistryException nameless = failure("no-such-host.invalid/app:1", ANY_TLS);

        assertEquals(Kind.UNREACHABLE, refused.kind());
        assertEquals("connection refused", refused.reason());
        assertEquals(Kind.UNREACHABLE, nameless.kind());
        assertEquals("no such host", nameless.reason());
        assertTrue(nameless.getMessage().contains("no-such-host.invalid/app:1"), nameless.getMessage());
    }

    @Test
    void a_registry_that_does_not_answer_cannot_be_reached() throws IOException {
        try (ServerSocket silent = new ServerSocket()) {
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String source = "docker://127.0.0.1:" + silent.getLocalPort() + "/app:1";

            RegistryException e = assertThrows(
                    RegistryException.class,
                    () -> new Skopeo(new CommandRunner()).inspectRaw(source, ANY_TLS, Duration.ofSeconds(1)));

            assertEquals(Kind.UNREACHABLE, e.kind());
            assertEquals("no answer in time", e.reason());
        }
    }

    @Test
    void a_registry_that_fails_is_not_one_that_cannot_be_reached() throws IOException {
        try (TestHttpServer server = TestHttpServer.answering(500)) {
            assertEquals(Kind.OTHER, failure(server.host() + "/app:1", ANY_TLS).kind());
        }
        try (TestHttpServer server = TestHttpServer.answering(404)) {
            assertEquals(
                    Kind.NOT_FOUND, failure(server.host() + "/app:1", ANY_TLS).kind());
        }
        try (TestHttpServer server = TestHttpServer.answering(403)) {
            assertEquals(
                    Kind.UNAUTHORIZED,
                    failure(server.host() + "/app:1", ANY_TLS).kind());
        }
    }

    @Test
    void a_full_disk_is_told_and_nothing_is_left_on_it() throws IOException {
        byte[] noise = new byte[24 << 20];
        new java.util.Random(1).nextBytes(noise);
        Files.write(low.resolve("usr/noise"), noise);
        push("app:1", new TestLayout.Layer(low, "gzip", "-n"));
        Path small = Files.createDirectory(temporary.resolve("small"));
        CommandRunner runner = new CommandRunner();
        runner.run(Command.of("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", small.toString()));
        try {
            fixture = new PullFixture(small);
            HarnessException e = assertThrows(HarnessException.class, () -> fixture.pull(registry.host() + "/app:1"));

            assertTrue(e.getMessage().contains("no space left"), e.getMessage());
            assertTrue(
                    e.hint().orElseThrow().contains("Free some space"), e.hint().toString());
            assertEquals(List.of(), fixture.leftovers());
            assertTrue(fixture.store.images().list().images().isEmpty());
        } finally {
            runner.run(Command.of("umount", small.toString()));
        }
    }
}
