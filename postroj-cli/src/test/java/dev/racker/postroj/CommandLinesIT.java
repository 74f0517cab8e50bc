package dev.racker.postroj;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.racker.harness.TestArchives;
import dev.racker.postroj.TestPostroj.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command lines of the original program, word for word, and its commands besides {@code pkgprobe}.
 *
 * <p>Its {@code debian-buster} cannot be had everywhere: here the label stands for a bookworm that a server on the
 * loopback interface has, by an entry of the user's own catalogue.
 */
@ExtendWith(TestPostroj.Shared.class)
class CommandLinesIT {

    private static final List<String> WITHOUT_NETWORK = List.of("unshare", "--net");

    @TempDir
    private static Path directory;

    private static TestPostroj postroj;
    private static HttpServer server;
    private static String address;
    private static Path entry;

    @BeforeAll
    static void serve(TestPostroj shared) throws Exception {
        postroj = shared;
        Path archive = TestArchives.bootable();
        Path deb = TestService.answering("webservice", "1.0", 9200).build(directory);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/buster.tar", exchange -> send(exchange, archive));
        server.createContext("/webservice.deb", exchange -> send(exchange, deb));
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        entry = Files.writeString(postroj.ownImages().resolve("buster.json"), """
                {"name":"Debian","family":"debian","releases":[
                 {"label":"debian-buster","aliases":["debian-10"],"support":"untried","standsFor":[],
                  "sources":[{"tarball":"%s/buster.tar"}],"provisioning":{"packages":[],"quirks":[]}}]}
                """.formatted(address));
        Result pulled = postroj.run("pull", "debian-buster");
        assertEquals(0, pulled.status(), pulled::toString);
        assertTrue(pulled.out().matches("(?s).*debian-buster +new +[0-9.]+MB +[0-9.]+ s\n"), pulled::out);
    }

    private static void send(HttpExchange exchange, Path file) throws IOException {
        exchange.sendResponseHeaders(200, Files.size(file));
        try (OutputStream out = exchange.getResponseBody()) {
            Files.copy(file, out);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.stop(0);
        Files.delete(entry);
        postroj.forget("debian-buster");
    }

    @AfterEach
    void nothing_is_left() {
        postroj.assertNothingLeft();
    }

    @Test
    void pkgprobe_takes_a_package_from_an_address_and_looks_at_its_unit_and_port() throws Exception {
        Result result = postroj.run(
                "pkgprobe",
                "--image=debian-buster",
                "--package=" + address + "/webservice.deb",
                "--check-unit=webservice",
                "--check-network=http://localhost:9200",
                "--network-timeout=20");

        assertEquals(0, result.status(), result::toString);
        assertTrue(result.out().contains("webservice.deb  PASS"), result::out);

        Result other = postroj.run(
                "pkgprobe",
                "--image=debian-buster",
                "--package=" + address + "/webservice.deb",
                "--check-unit=webservice",
                "--check-network=http://localhost:9201",
                "--network-timeout=1");
        assertEquals(1, other.status(), other::toString);
    }

    @Test
    void list_images_names_every_label() throws Exception {
        Result result = postroj.run("list-images");
        Result labels = postroj.run("list-images", "--format=labels");

        assertEquals(0, result.status(), result::toString);
        assertEquals("", result.err());
        List<String> names = labels.out().lines().toList();
        assertTrue(names.containsAll(List.of("debian-buster", "ubuntu-jammy", "archlinux-latest")), labels::out);
        for (String name : names) {
            assertTrue(result.out().contains(name), name);
        }
    }

    @Test
    void pull_brings_what_is_named_once_and_again_when_it_has_changed() throws Exception {
        Result again = postroj.run("pull", "debian-buster");

        assertEquals(0, again.status(), again::toString);
        assertTrue(again.out().matches("(?s).*debian-buster +up to date .*"), again::toString);
    }

    @Test
    void pull_all_tries_every_image_and_tells_each() throws Exception {
        Result result = postroj.runThrough(WITHOUT_NETWORK, "pull", "--all");

        assertEquals(3, result.status(), result::toString);
        List<String> names =
                postroj.run("list-images", "--format=labels").out().lines().toList();
        for (String name : names) {
            assertTrue(result.out().matches("(?s).*\n" + name + " +failed .*"), () -> name + " in\n" + result);
        }
    }

    @Test
    void selftest_boots_an_image_and_asks_its_name() throws Exception {
        Result result = postroj.run("selftest", "hostnamectl", "--image=debian-buster");

        assertEquals(0, result.status(), result::toString);
        assertTrue(result.out().contains("PASS  1 cell: 1 passed"), result::out);
    }

    @Test
    void selftest_installs_a_web_server_and_looks_at_its_page() throws Exception {
        Result result = postroj.run("selftest", "pkgprobe", "--image=" + TestPostroj.BOOKWORM);

        assertEquals(0, result.status(), result::toString);
        assertTrue(result.out().contains("web server  PASS"), result::out);
    }

    @Test
    void selftest_ends_with_5_when_an_image_cannot_be_had() throws Exception {
        Result result = postroj.runThrough(
                WITHOUT_NETWORK, "selftest", "hostnamectl", "--image=debian-buster", "--image=fedora-35");

        assertEquals(5, result.status(), result::toString);
        assertTrue(result.out().contains("2 cells: 1 passed, 1 error"), result::out);
    }

    @Test
    void invoke_runs_a_command_with_and_without_the_two_dashes() throws Exception {
        Result with = postroj.run("invoke", "--image=debian-buster", "--", "hostnamectl");
        Result without = postroj.run("invoke", "--image=debian-buster", "hostnamectl");

        assertAll(
                () -> assertEquals(0, with.status(), with::toString),
                () -> assertTrue(with.out().contains("Operating System: Debian GNU/Linux 12 (bookworm)"), with::out),
                () -> assertEquals(0, without.status(), without::toString),
                () -> assertTrue(without.out().contains("Operating System: Debian GNU/Linux 12"), without::out));
    }

    @Test
    void invoke_passes_input_output_and_status_on() throws Exception {
        Result result = postroj.run(
                "to the command\n".getBytes(StandardCharsets.UTF_8),
                "invoke",
                "--image=debian-buster",
                "--",
                "sh",
                "-c",
                "cat; echo aside >&2; exit 7");

        assertEquals(7, result.status(), result::toString);
        assertEquals("to the command\n", result.out());
        assertEquals("aside\n", result.err());
    }
}
