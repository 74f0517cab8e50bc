package dev.racker.harness.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.racker.harness.acquire.HttpDownloader;
import dev.racker.harness.distribution.PackageRequest.LocalFile;
import dev.racker.harness.distribution.PackageRequest.Named;
import dev.racker.harness.distribution.PackageRequest.Remote;
import dev.racker.harness.image.Digest;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.Locks;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageRequestTest {

    private static final Digest DIGEST = Digest.sha256("a".repeat(64));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"./foo.deb", "/x/foo.rpm", "../foo", "foo.deb", "foo-1.0-1.pkg.tar.zst", "a b/foo.deb"})
    void what_holds_a_slash_or_ends_as_a_package_is_a_file(String text) {
        assertEquals(new LocalFile(Path.of(text)), PackageRequest.parse(text, null));
        assertEquals(text, PackageRequest.parse(text, null).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "libstdc++6", "python3.11", "@development", "nginx=1.22.1-9", "a=1:2.0~rc1-3^git"})
    void names_and_versions_are_what_they_look_like(String text) {
        PackageRequest request = PackageRequest.parse(text, null);

        assertTrue(request instanceof Named);
        assertEquals(text, request.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-y",
                "--force",
                "-x.deb",
                "ng inx",
                "nginx;id",
                "$(id)",
                "nginx-",
                "ngin*",
                "[a]",
                "~n",
                "?name",
                "nginx=",
                "=1",
                "nginx=-1",
                "nginx=1 2",
                "nginx=1=2",
                "nginx\n",
                "nginx>=1",
                "ftp://host/x.deb",
                "file:///x.deb",
                "http://",
                "https:///x.deb",
                "http://ho st/x"
            })
    void what_is_no_package_is_refused_with_its_text_and_a_remedy(String text) {
        InvalidPackageException failure =
                assertThrows(InvalidPackageException.class, () -> PackageRequest.parse(text, null));

        assertTrue(failure.getMessage().contains("'" + text + "'"), failure.getMessage());
        assertTrue(failure.hint().isPresent());
    }

    @Test
    void a_checksum_belongs_to_a_file_or_an_address() {
        Remote remote = (Remote) PackageRequest.parse("https://host/x.deb#sha256=" + DIGEST.hex(), null);
        assertEquals(DIGEST, remote.download().expected());
        assertEquals("https://host/x.deb", remote.toString());
        assertEquals(
                DIGEST,
                ((Remote) PackageRequest.parse("https://host/x.deb", DIGEST))
                        .download()
                        .expected());
        assertNull(((Remote) PackageRequest.parse("http://host/x.deb", null))
                .download()
                .expected());
        assertEquals(new LocalFile(Path.of("./x.deb"), DIGEST), PackageRequest.parse("./x.deb", DIGEST));
        assertThrows(InvalidPackageException.class, () -> PackageRequest.parse("nginx", DIGEST));
        assertThrows(
                InvalidPackageException.class,
                () -> PackageRequest.parse("https://host/x#sha256=" + "b".repeat(64), DIGEST));
        assertThrows(InvalidPackageException.class, () -> PackageRequest.parse("https://host/x#md5=1", null));
    }

    @Test
    void a_local_file_is_checked_against_its_checksum() throws Exception {
        byte[] content = bytes();
        Path file = Files.write(directory.resolve("x.deb"), content);
        Digest right = Digest.sha256(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        LocalFile good = new LocalFile(file, right);

        assertSame(good, good.resolve(downloader(), Progress.none()));
        InvalidPackageException failure = assertThrows(
                InvalidPackageException.class,
                () -> new LocalFile(file, DIGEST).resolve(downloader(), Progress.none()));
        assertTrue(failure.getMessage().contains("the checksum " + right), failure.getMessage());
        assertThrows(
                InvalidPackageException.class,
                () -> new LocalFile(directory.resolve("none"), DIGEST).resolve(downloader(), Progress.none()));
    }

    @Test
    void an_address_is_downloaded_once_for_all_who_want_it_at_the_same_time() throws Exception {
        byte[] content = bytes();
        AtomicInteger bodies = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/x.deb", exchange -> {
            if ("\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                bodies.incrementAndGet();
                exchange.getResponseHeaders().add("ETag", "\"1\"");
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/x.deb";
            List<CompletableFuture<PackageRequest>> wanted = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> PackageRequest.parse(address, null).resolve(downloader(), Progress.none())))
                    .limit(4)
                    .toList();
            for (CompletableFuture<PackageRequest> one : wanted) {
                LocalFile file = (LocalFile) one.get();
                assertEquals("greeter", PackageFile.read(file.file()).name());
            }
            assertEquals(1, bodies.get());
        } finally {
            server.stop(0);
        }
    }

    private HttpDownloader downloader() {
        return new HttpDownloader(directory.resolve("downloads"), new Locks(directory.resolve("locks")));
    }

    private static byte[] bytes() throws IOException {
        try (InputStream in = PackageRequestTest.class.getResourceAsStream("greeter-xz.deb")) {
            return in.readAllBytes();
        }
    }
}
