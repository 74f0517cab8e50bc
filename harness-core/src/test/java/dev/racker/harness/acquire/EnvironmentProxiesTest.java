package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Cancellation;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.Locks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {

    private static final byte[] CONTENT = "through the proxy".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    /** Variables as a shell would write them, and the proxy for an address, or "-". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                             | http://a.example/x       | -",
                "http_proxy=http://p:3128                     | http://a.example/x       | HTTP p:3128",
                "HTTP_PROXY=http://p:3128                     | http://a.example/x       | HTTP p:3128",
                "http_proxy=http://p:1 HTTP_PROXY=http://q:2  | http://a.example/x       | HTTP p:1",
                "http_proxy= HTTP_PROXY=http://q:2            | http://a.example/x       | -",
                "HTTP_PROXY=http://p:1 REQUEST_METHOD=GET     | http://a.example/x       | -",
                "http_proxy=http://p:3128                     | https://a.example/x      | -",
                "https_proxy=http://p:3128                    | https://a.example/x      | HTTP p:3128",
                "HTTPS_PROXY=p:3128                           | https://a.example/x      | HTTP p:3128",
                "https_proxy=http://p                         | https://a.example/x      | HTTP p:80",
                "all_proxy=socks5://p                         | https://a.example/x      | SOCKS p:1080",
                "ALL_PROXY=http://p:1 http_proxy=http://q:2   | http://a.example/x       | HTTP q:2",
                "http_proxy=http://me:pass@p:3128             | http://a.example/x       | HTTP p:3128",
                "http_proxy=http://p:1 no_proxy=*             | http://a.example/x       | -",
                "http_proxy=http://p:1 no_proxy=a.example     | http://a.example/x       | -",
                "http_proxy=http://p:1 NO_PROXY=b.example,A.EXAMPLE | http://a.example/x | -",
                "http_proxy=http://p:1 no_proxy=example       | http://a.example/x       | -",
                "http_proxy=http://p:1 no_proxy=.example      | http://a.example/x       | -",
                "http_proxy=http://p:1 no_proxy=*.example     | http://a.example/x       | -",
                "http_proxy=http://p:1 no_proxy=ample         | http://a.example/x       | HTTP p:1",
                "http_proxy=http://p:1 no_proxy=a.example:81  | http://a.example/x       | HTTP p:1",
                "http_proxy=http://p:1 no_proxy=a.example:81  | http://a.example:81/x    | -",
                "http_proxy=http://p:1 no_proxy=2001:db8::1   | http://[2001:db8::1]/x   | -",
                "http_proxy=http://p:1                        | http://127.0.0.1:5000/x  | -",
                "http_proxy=http://p:1                        | http://localhost/x       | -",
            })
    void the_environment_chooses_the_proxy(String variables, URI address, String expected) {
        Map<String, String> environment = new HashMap<>();
        if (variables != null) {
            for (String variable : variables.split(" ")) {
                int equals = variable.indexOf('=');
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }

        Proxy proxy = new EnvironmentProxies(environment).select(address).get(0);

        String shown = "-";
        if (proxy.address() instanceof InetSocketAddress at) {
            shown = proxy.type() + " " + at.getHostString() + ":" + at.getPort();
        }
        assertEquals(expected, shown);
    }

    @ParameterizedTest
    @CsvSource({"http://me:secret@/nowhere", "ftp://proxy:21", "http://pro xy"})
    void what_is_no_proxy_is_refused_without_its_password(String text) {
        EnvironmentProxies proxies = new EnvironmentProxies(Map.of("http_proxy", text));

        HttpDownloadException failure =
                assertThrows(HttpDownloadException.class, () -> proxies.select(URI.create("http://a.example/x")));

        assertTrue(failure.getMessage().startsWith("Tried to use the proxy \""), failure.getMessage());
        assertEquals(-1, failure.getMessage().indexOf("secret"), failure.getMessage());
    }

    @Test
    void a_download_goes_through_the_proxy_with_its_login() throws IOException {
        try (TestHttpServer proxy = new TestHttpServer((headers, out) -> {
            if (headers.get("Proxy-Authorization") == null) {
                TestHttpServer.head(out, 407, "Proxy-Authenticate: Basic realm=\"test\"", "Content-Length: 0");
            } else {
                TestHttpServer.head(out, 200, "Content-Length: " + CONTENT.length);
                out.write(CONTENT);
            }
        })) {
            Download download =
                    download("http://mirror.invalid/root.tar", Map.of("http_proxy", "http://me:word@" + proxy.host()));

            assertArrayEquals(CONTENT, Files.readAllBytes(download.file()));
            Map<String, String> last = proxy.requests.get(proxy.requests.size() - 1);
            assertEquals("GET http://mirror.invalid/root.tar HTTP/1.1", last.get(TestHttpServer.REQUEST));
            assertEquals("Basic bWU6d29yZA==", last.get("Proxy-Authorization"));
        }
    }

    @Test
    void a_download_over_tls_asks_the_proxy_to_connect() throws IOException {
        try (TestHttpServer proxy = TestHttpServer.answering(503)) {
            Map<String, String> environment = Map.of("HTTPS_PROXY", proxy.host());

            assertThrows(HttpDownloadException.class, () -> download("https://mirror.invalid/root.tar", environment));

            assertEquals(
                    "CONNECT mirror.invalid:443 HTTP/1.1", proxy.requests.get(0).get(TestHttpServer.REQUEST));
        }
    }

    @Test
    void this_hosts_own_loopback_is_asked_without_a_proxy() throws IOException {
        try (TestHttpServer proxy = TestHttpServer.answering(503);
                TestHttpServer server = new TestHttpServer((headers, out) -> {
                    TestHttpServer.head(out, 200, "Content-Length: " + CONTENT.length);
                    out.write(CONTENT);
                })) {
            download(server.uri("/root.tar").toString(), Map.of("http_proxy", proxy.host()));

            assertEquals(List.of(), proxy.requests);
            assertEquals("GET /root.tar HTTP/1.1", server.requests.get(0).get(TestHttpServer.REQUEST));
        }
    }

    private Download download(String address, Map<String, String> environment) {
        HttpDownloader downloader = new HttpDownloader(
                directory.resolve("downloads"),
                new Locks(directory.resolve("locks")),
                Duration.ofSeconds(5),
                environment,
                new Cancellation());
        return downloader.download(Download.Request.of(URI.create(address)), Progress.none());
    }
}
