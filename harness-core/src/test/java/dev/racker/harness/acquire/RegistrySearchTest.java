package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.RegistryException.Kind;
import dev.racker.harness.acquire.RegistrySearch.Found;
import dev.racker.harness.process.Cancellation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrySearchTest {

    private static final RegistryOptions PLAIN = new RegistryOptions(false, null, null, null);

    @Test
    void a_registry_with_dockers_search_is_asked_that() throws IOException {
        try (TestHttpServer server = new TestHttpServer((headers, out) -> answer(
                out,
                "{\"results\":[{\"name\":\"team/app\",\"description\":\"An app\",\"star_count\":7,\"is_official\":true},"
                        + "{\"name\":\"team/other\"}]}"))) {
            List<Found> found = search(server, "app", 1);

            assertEquals(List.of(new Found(host(server) + "/team/app", "An app", 7, true, false)), found);
            assertEquals(1, server.requests.size());
            assertTrue(
                    server.requests.get(0).get(TestHttpServer.REQUEST).contains("/v1/search?q=app&n=1"),
                    server.requests.toString());
        }
    }

    @Test
    void otherwise_its_catalogue_is_read_page_by_page() throws IOException {
        try (TestHttpServer server = new TestHttpServer((headers, out) -> {
            String request = headers.get(TestHttpServer.REQUEST);
            if (request.contains("/v1/")) {
                TestHttpServer.head(out, 404, "Content-Length: 0");
            } else if (request.contains("last=")) {
                answer(out, "{\"repositories\":[\"other/app\"]}");
            } else {
                answer(
                        out,
                        "{\"repositories\":[\"app\",\"thing\"]}",
                        "Link: </v2/_catalog?last=thing&n=2>; rel=\"next\"");
            }
        })) {
            assertEquals(
                    List.of(host(server) + "/app", host(server) + "/other/app"),
                    search(server, "app", 10).stream().map(Found::name).toList());
            assertEquals(1, search(server, "app", 1).size());
        }
    }

    @Test
    void a_registry_that_wants_a_login_or_is_not_there_says_so() throws IOException {
        String gone;
        try (TestHttpServer server = TestHttpServer.answering(401)) {
            gone = host(server);
            RegistryException refused = assertThrows(RegistryException.class, () -> search(server, "x", 5));
            assertEquals(Kind.UNAUTHORIZED, refused.kind());
            assertTrue(refused.hint().orElseThrow().contains("racker login " + gone), refused.toString());
        }
        RegistryException unreachable = assertThrows(
                RegistryException.class,
                () -> new RegistrySearch(Map.of(), new Cancellation()).search(gone + "/x", 5, PLAIN));
        assertEquals(Kind.UNREACHABLE, unreachable.kind());
    }

    private static List<Found> search(TestHttpServer server, String term, int limit) {
        return new RegistrySearch(Map.of(), new Cancellation()).search(host(server) + "/" + term, limit, PLAIN);
    }

    private static String host(TestHttpServer server) {
        return server.uri("/").getAuthority();
    }

    private static void answer(java.io.OutputStream out, String json, String... headers) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Length: " + body.length;
        TestHttpServer.head(out, 200, all);
        out.write(body);
    }
}
