package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Cancellation;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.Locks;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDownloaderTest {

    private static final byte[] CONTENT = new byte[300_000];

    static {
        new Random(7).nextBytes(CONTENT);
    }

    @TempDir
    Path directory;

    private HttpDownloader downloader;

    @BeforeEach
    void downloader() {
        downloader = new HttpDownloader(
                directory.resolve("downloads"),
                new Locks(directory.resolve("locks")),
                Duration.ofMillis(300),
                Map.of(),
                new Cancellation());
    }

    @Test
    void a_file_arrives_whole_and_is_not_sent_again_while_the_server_says_so() throws IOException {
        try (TestHttpServer server = new TestHttpServer(this::serveWithEtag)) {
            Download first = download(server, "");
            Download second = download(server, "");

            assertArrayEquals(CONTENT, Files.readAllBytes(first.file()));
            assertTrue(first.fresh());
            assertFalse(second.fresh());
            assertEquals("\"v1\"", server.requests.get(1).get("If-None-Match"));
        }
    }

    @Test
    void a_download_that_breaks_off_goes_on_where_it_ended() throws IOException {
        int[] count = {0};
        try (TestHttpServer server = new TestHttpServer((headers, out) -> {
            if (count[0]++ == 0) {
                TestHttpServer.head(out, 200, "ETag: \"v1\"", "Content-Length: " + CONTENT.length);
                out.write(CONTENT, 0, 100_000);
            } else {
                serveWithEtag(headers, out);
            }
        })) {
            Download download = download(server, "");

            assertArrayEquals(CONTENT, Files.readAllBytes(download.file()));
            assertEquals("bytes=100000-", server.requests.get(1).get("Range"));
            assertEquals("\"v1\"", server.requests.get(1).get("If-Range"));
        }
    }

    @Test
    void what_has_arrived_is_used_by_the_next_try() throws IOException {
        try (TestHttpServer server = new TestHttpServer((headers, out) -> {
            int from = from(headers);
            TestHttpServer.head(
                    out,
                    from == 0 ? 200 : 206,
                    "ETag: \"v1\"",
                    "Content-Range: bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length,
                    "Content-Length: " + (CONTENT.length - from));
            out.write(CONTENT, from, Math.min(60_000, CONTENT.length - from));
        })) {
            HttpDownloadException e = assertThrows(HttpDownloadException.class, () -> download(server, ""));
            assertTrue(e.hint().orElseThrow().contains("goes on where it ended"));

            assertArrayEquals(CONTENT, Files.readAllBytes(download(server, "").file()));
            assertEquals("bytes=180000-", server.requests.get(3).get("Range"));
        }
    }

    @Test
    void another_version_on_the_server_is_loaded_from_its_start() throws IOException {
        int[] count = {0};
        try (TestHttpServer server = new TestHttpServer((headers, out) -> {
            if (count[0]++ == 0) {
                TestHttpServer.head(out, 200, "ETag: \"v0\"", "Content-Length: " + CONTENT.length);
                out.write(new byte[1000]);
            } else {
                serveWithEtag(headers, out);
            }
        })) {
            assertArrayEquals(CONTENT, Files.readAllBytes(download(server, "").file()));
        }
    }

    @Test
    void without_validator_and_checksum_nothing_is_continued() throws IOException {
        int[] count = {0};
        try (TestHttpServer server = new TestHttpServer((headers, out) -> {
            TestHttpServer.head(out, 200, "Content-Length: " + CONTENT.length);
            out.write(CONTENT, 0, count[0]++ == 0 ? 1000 : CONTENT.length);
        })) {
            assertArrayEquals(CONTENT, Files.readAllBytes(download(server, "").file()));
            assertNull(server.requests.get(1).get("Range"));
        }
    }

    @Test
    void a_server_that_ignores_ranges_is_read_from_the_start() throws IOException {
        int[] count = {0};
        try (TestHttpServer server = new TestHttpServer((headers, out) -> {
            TestHttpServer.head(out, 200, "ETag: \"v1\"", "Content-Length: " + CONTENT.length);
            out.write(CONTENT, 0, count[0]++ == 0 ? 1000 : CONTENT.length);
        })) {
            assertArrayEquals(CONTENT, Files.readAllBytes(download(server, "").file()));
            assertEquals("bytes=1000-", server.requests.get(1).get("Range"));
        }
    }

    @Test
    void silence_ends_a_download() throws IOException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        try (TestHttpServer server = new TestHttpServer((headers, out) -> {
            TestHttpServer.head(out, 200, "Content-Length: 10");
            out.write(1);
            out.flush();
            over.join();
        })) {
            HttpDownloadException e = assertThrows(HttpDownloadException.class, () -> download(server, ""));
            assertTrue(e.getMessage().contains("did not answer in time"), e.getMessage());
            over.complete(null);
        }
    }

    @ParameterizedTest
    @CsvSource({"401,login", "403,login", "404,Check the address", "500,try again later", "503,try again later"})
    void a_refusal_is_told_with_the_address_and_the_status(int status, String hint) throws IOException {
        try (TestHttpServer server = TestHttpServer.answering(status)) {
            HttpDownloadException e = assertThrows(HttpDownloadException.class, () -> download(server, ""));

            assertTrue(e.getMessage().contains("/file.tar.gz, but the server answered " + status), e.getMessage());
            assertTrue(e.hint().orElseThrow().contains(hint));
            assertEquals(1, server.requests.size());
        }
    }

    @Test
    void a_wrong_checksum_is_refused_and_nothing_is_kept() throws IOException {
        try (TestHttpServer server = new TestHttpServer(this::serveWithEtag)) {
            HttpDownloadException e =
                    assertThrows(HttpDownloadException.class, () -> download(server, "#sha256=" + "a".repeat(64)));

            assertTrue(e.getMessage().contains(Sha256.of(CONTENT).toString()), e.getMessage());
            try (var files = Files.list(directory.resolve("downloads"))) {
                assertEquals(0, files.count());
            }
        }
    }

    @Test
    void a_file_with_a_known_checksum_is_not_asked_for_again() throws IOException {
        String checksum = "#sha256=" + Sha256.of(CONTENT).hex();
        try (TestHttpServer server = new TestHttpServer(this::serveWithEtag)) {
            assertTrue(download(server, checksum).fresh());
            assertFalse(download(server, checksum).fresh());
            assertEquals(1, server.requests.size());
        }
    }

    @Test
    void users_of_one_address_at_the_same_time_transfer_it_once() throws IOException {
        String checksum = "#sha256=" + Sha256.of(CONTENT).hex();
        try (TestHttpServer server = new TestHttpServer(this::serveWithEtag)) {
            CompletableFuture<Download> other =
                    CompletableFuture.supplyAsync(() -> download(server, checksum), task -> new Thread(task).start());
            Download one = download(server, checksum);

            assertTrue(one.fresh() != other.join().fresh());
            assertEquals(1, server.requests.size());
        }
    }

    @Test
    void a_login_in_the_address_is_used_and_never_shown() throws IOException {
        try (TestHttpServer server = TestHttpServer.answering(404)) {
            URI uri = URI.create("http://alice:secret@" + server.host() + "/x");
            HttpDownloadException e = assertThrows(
                    HttpDownloadException.class, () -> downloader.download(Download.Request.of(uri), Progress.none()));

            assertEquals("Basic YWxpY2U6c2VjcmV0", server.requests.get(0).get("Authorization"));
            assertFalse(e.getMessage().contains("secret"), e.getMessage());
        }
    }

    @Test
    void nobody_there_is_told_at_once() throws IOException {
        TestHttpServer gone = TestHttpServer.answering(200);
        gone.close();

        HttpDownloadException e = assertThrows(HttpDownloadException.class, () -> download(gone, ""));

        assertTrue(e.getMessage().contains("refused"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#sha256=abc",
                "#md5=0",
                "#",
                "#sha256=ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD"
            })
    void a_fragment_that_is_no_checksum_is_refused(String fragment) {
        HttpDownloadException e = assertThrows(
                HttpDownloadException.class, () -> Download.Request.of(URI.create("http://h/x" + fragment)));

        assertTrue(e.getMessage().contains("http://h/x"), e.getMessage());
    }

    private Download download(TestHttpServer server, String fragment) {
        return downloader.download(
                Download.Request.of(URI.create(server.uri("/file.tar.gz") + fragment)), Progress.none());
    }

    private void serveWithEtag(Map<String, String> headers, OutputStream out) throws IOException {
        if ("\"v1\"".equals(headers.get("If-None-Match"))) {
            TestHttpServer.head(out, 304, "ETag: \"v1\"");
            return;
        }
        int from = "\"v1\"".equals(headers.get("If-Range")) ? from(headers) : 0;
        TestHttpServer.head(
                out,
                from == 0 ? 200 : 206,
                "ETag: \"v1\"",
                "Content-Range: bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length,
                "Content-Length: " + (CONTENT.length - from));
        out.write(CONTENT, from, CONTENT.length - from);
    }

    private static int from(Map<String, String> headers) {
        String range = headers.getOrDefault("Range", "bytes=0-");
        return Integer.parseInt(range.substring(6, range.length() - 1));
    }
}
