package dev.racker.harness.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Container;
import dev.racker.harness.TestImage;
import dev.racker.harness.machine.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real servers inside a booted Debian, seen from its own network. */
@ExtendWith(TestImage.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkProbeIT {

    private TestImage image;
    private Container container;
    private Machine machine;
    private ProbeServers servers;

    @BeforeAll
    void boot(TestImage shared, @TempDir Path directory) throws Exception {
        image = shared;
        container = image.boot(image.changed("servers:1", ProbeServers.FILES));
        machine = container.machine();
        machine.run("sh", "-c", "echo '127.0.0.1 web.example' >>/etc/hosts");
        servers = new ProbeServers(machine);
        servers.http("127.0.0.1", 8001, 0, "200 OK|Content-Type: text/html; charset=utf-8|<h1>Welcome</h1>\nto nginx");
        servers.http("127.0.0.1", 8002, 0, "302 Found|Location: http://localhost:8001/there|moved");
        servers.http("127.0.0.1", 8003, 0, "500 Internal Server Error||it broke");
        servers.http("::1", 8004, 0, "200 OK||only six");
        servers.http("127.0.0.1", 8006, 0, "hang");
        servers.http("127.0.0.1", 8007, 0, "302 Found|Location: http://localhost:8007/|again");
        servers.http("127.0.0.1", 8005, 0, "banner");
        servers.udp("8101", "pong");
        servers.udp("8102");
        servers.https(directory);
        for (int port : List.of(8001, 8002, 8003, 8004, 8005, 8006, 8007)) {
            machine.readiness().awaitPort(port, Duration.ofSeconds(20));
        }
    }

    @AfterAll
    void end() {
        if (servers != null) {
            servers.close();
        }
        container.close();
        assertEquals(List.of(), image.leftovers());
    }

    private ProbeContext patient(double seconds, String... watched) {
        return patient(machine, seconds, watched);
    }

    private static ProbeContext patient(Machine machine, double seconds, String... watched) {
        Duration timeout = Duration.ofMillis((long) (seconds * 1000));
        return new ProbeContext(machine, timeout, timeout, List.of(watched), List.of(), "", Duration.ZERO);
    }

    private ProbeResult check(String text, double seconds) {
        return NetworkProbes.parse(text, HttpExpectation.success())
                .run(patient(seconds))
                .get(0);
    }

    private List<ProbeResult> check(String text, HttpExpectation expectation) {
        return NetworkProbes.parse(text, expectation).run(patient(20));
    }

    private static void assertResult(Verdict verdict, String actual, ProbeResult result) {
        assertEquals(verdict, result.verdict(), result::toString);
        assertTrue(result.actual().contains(actual), result::toString);
    }

    // TCP

    @ParameterizedTest
    @CsvSource({"localhost:8001", "127.0.0.1:8001", "localhost:8004", "[::1]:8004", "web.example:8001"})
    void what_listens_inside_accepts(String address) {
        assertResult(Verdict.PASS, "accepts", check("tcp://" + address, 20));
    }

    @Test
    void a_server_of_one_family_is_not_reached_by_the_other() {
        assertResult(Verdict.FAIL, "connection refused", check("tcp://127.0.0.1:8004", 0.2));
        assertResult(Verdict.FAIL, "connection refused", check("tcp://[::1]:8001", 0.2));
    }

    @Test
    void where_nothing_listens_the_failure_tells_what_does() {
        ProbeResult result = check("tcp://localhost:7999", 0.3);

        assertResult(Verdict.FAIL, "connection refused, for 0.3 s", result);
        assertResult(Verdict.FAIL, "connection refused, for 0.3 s", check("http://localhost:7999", 0.3));
        assertTrue(result.detail().contains("tcp 127.0.0.1:8001"), result.detail());
        assertTrue(result.detail().contains("tcp [::1]:8004"), result.detail());
        assertTrue(result.detail().contains("udp 127.0.0.1:8101"), result.detail());
    }

    @Test
    void a_server_that_listens_late_is_waited_for() {
        servers.http("127.0.0.1", 8010, 1, "200 OK||late");

        assertResult(Verdict.PASS, "200", check("http://localhost:8010", 20));
        assertResult(Verdict.PASS, "accepts", check("tcp://localhost:8010", 20));
    }

    @Test
    void a_name_that_the_machine_does_not_know_fails() {
        assertResult(Verdict.FAIL, "does not know the name no.such.example", check("tcp://no.such.example:1", 0.3));
    }

    @Test
    void a_failed_unit_ends_the_wait() {
        machine.tool(
                List.of("systemd-run", "--quiet", "--unit=broken", "sh", "-c", "sleep 0.5; exit 7"),
                Duration.ofSeconds(10));

        ProbeResult result = NetworkProbes.parse("tcp://localhost:7998", HttpExpectation.success())
                .run(patient(120, "systemd-journald", "broken"))
                .get(0);

        assertResult(Verdict.FAIL, "connection refused; unit broken.service has failed", result);
        assertTrue(result.duration().toSeconds() < 60, result::toString);
        assertTrue(result.detail().contains("status=7"), result.detail());
    }

    @Test
    void a_machine_that_ends_ends_the_wait() throws Exception {
        try (Container other = image.boot(image.debian())) {
            CompletableFuture<ProbeResult> waiting = CompletableFuture.supplyAsync(
                    () -> NetworkProbes.parse("tcp://localhost:80", HttpExpectation.success())
                            .run(patient(other.machine(), 300))
                            .get(0));
            other.machine().tool(List.of("systemctl", "is-system-running", "--wait"), Duration.ofSeconds(10));
            other.machine().kill();

            assertResult(Verdict.ERROR, "has ended", waiting.get(30, TimeUnit.SECONDS));
        }
    }

    // UDP

    @Test
    void udp_tells_answers_silence_and_refusals_apart() {
        assertResult(Verdict.PASS, "answered", check("udp://localhost:8101", 20));
        assertResult(Verdict.PASS, "bound, without an answer", check("udp://localhost:8102", 20));
        assertResult(Verdict.FAIL, "port unreachable, for 0.2 s", check("udp://localhost:8103", 0.2));
    }

    // HTTP

    @Test
    void status_headers_and_body_are_compared() {
        HttpExpectation expectation = new HttpExpectation(
                200,
                TextPattern.parse("/^to nginx$/"),
                List.of(
                        HttpExpectation.Header.parse("content-type: text/html"),
                        HttpExpectation.Header.parse("Content-Length")),
                true,
                false);

        List<ProbeResult> results = check("http://localhost:8001/", expectation);

        assertEquals(
                List.of("status", "header content-type", "header Content-Length", "body"),
                results.stream().map(ProbeResult::property).toList());
        results.forEach(result -> assertEquals(Verdict.PASS, result.verdict(), result::toString));
        assertEquals("to nginx", results.get(3).actual());
    }

    @Test
    void what_is_missing_fails_with_the_whole_answer() {
        HttpExpectation expectation = new HttpExpectation(
                0,
                TextPattern.parse("apache"),
                List.of(HttpExpectation.Header.parse("Server"), HttpExpectation.Header.parse("Content-Type: /json/")),
                true,
                false);

        List<ProbeResult> results = check("http://localhost:8001/x?y=z", expectation);

        assertEquals(
                List.of(Verdict.PASS, Verdict.FAIL, Verdict.FAIL, Verdict.FAIL),
                results.stream().map(ProbeResult::verdict).toList());
        assertEquals("absent", results.get(1).actual());
        assertEquals("text/html; charset=utf-8", results.get(2).actual());
        assertTrue(
                results.get(3).detail().contains("Answer of http://localhost:8001/x?y=z"),
                results.get(3).detail());
        assertTrue(
                results.get(3).detail().contains("<h1>Welcome</h1>"),
                results.get(3).detail());
    }

    @Test
    void a_redirect_is_followed_to_another_port_of_the_machine_when_asked() {
        HttpExpectation body = new HttpExpectation(0, TextPattern.parse("Welcome"), List.of(), true, false);
        check("http://localhost:8002", body).forEach(r -> assertEquals(Verdict.PASS, r.verdict(), r::toString));

        HttpExpectation stay = new HttpExpectation(0, null, List.of(), false, false);
        assertResult(Verdict.FAIL, "302", check("http://localhost:8002", stay).get(0));
        HttpExpectation wanted = new HttpExpectation(302, null, List.of(), true, false);
        assertResult(Verdict.PASS, "302", check("http://localhost:8002", wanted).get(0));
    }

    @Test
    void a_redirect_without_end_fails() {
        assertResult(
                Verdict.FAIL, "redirected again and again, more than 20 times", check("http://localhost:8007", 20));
    }

    @Test
    void a_server_that_answers_500_is_given_time_and_then_fails() {
        ProbeResult result = check("http://localhost:8003/", 0.5);

        assertResult(Verdict.FAIL, "500, for 0.5 s", result);
        assertTrue(result.detail().contains("it broke"), result.detail());
        HttpExpectation wanted = new HttpExpectation(500, null, List.of(), true, false);
        assertResult(
                Verdict.PASS, "500", check("http://localhost:8003/", wanted).get(0));
    }

    @Test
    void a_server_that_recovers_passes() {
        servers.http("127.0.0.1", 8011, 0, "close", "503 Service Unavailable||starting", "200 OK||up");

        assertResult(Verdict.PASS, "200", check("http://localhost:8011", 20));
    }

    @Test
    void a_server_that_never_answers_fails() {
        assertResult(Verdict.FAIL, "no answer within 1 s", check("http://localhost:8006", 1));
    }

    @Test
    void a_name_of_the_machine_is_looked_up_there() {
        assertResult(Verdict.PASS, "200", check("http://web.example:8001", 20));
        assertResult(Verdict.PASS, "200", check("http://[::1]:8004", 20));
    }

    @Test
    void a_certificate_that_nobody_has_signed_is_only_good_when_that_does_not_matter() {
        ProbeResult refused = check("https://localhost:8443", 20);
        assertResult(Verdict.FAIL, "the certificate is not trusted", refused);
        assertTrue(refused.duration().toSeconds() < 15, refused::toString);

        HttpExpectation insecure =
                new HttpExpectation(200, TextPattern.parse("secret of localhost:8443"), List.of(), true, true);
        check("https://localhost:8443", insecure)
                .forEach(result -> assertEquals(Verdict.PASS, result.verdict(), result::toString));
    }

    @Test
    void a_port_where_something_else_is_spoken_is_told() {
        assertResult(Verdict.FAIL, "no TLS connection", check("https://localhost:8005", 5));
        assertResult(Verdict.FAIL, "no valid HTTP", check("http://localhost:8005", 5));
    }

    @Test
    void nothing_stays_of_the_way_into_the_network() {
        check("tcp://localhost:8001", 20);

        List<String> relays = image.leftovers().stream()
                .filter(line -> line.contains(RelayProgram.class.getName()))
                .toList();
        assertFalse(relays.size() > 0, relays::toString);
    }
}
