package dev.racker.postroj;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.postroj.TestPostroj.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Packages of Debian's own, those that work in a container and those that do not, told as what they are. */
@ExtendWith(TestPostroj.Shared.class)
class RealPackagesIT {

    private static final String SPECIFICATION = """
            image: debian-bookworm
            package:
              - package: postgresql
                check-unit: [postgresql, postgresql@15-main]
                check-network: tcp://localhost:5432
              - package: openjdk-17-jre-headless
                setup: rm -r /usr/share/man/man1
              - package: nginx
                check-unit: [nginx, nginx=enabled]
                check-network: {url: "http://localhost", http-body: Welcome to nginx, http-header: "Server: nginx"}
                lifecycle: install,reinstall,remove,purge
                allow-leftover: /var/www/**
              - package: apache2
                check-unit: apache2
                check-network: {url: "http://localhost:80/none", http-status: 404}
                lifecycle: install,purge
              - package: [nginx-light, nginx]
                setup: systemd-run --unit=rival systemd-socket-activate --listen=80 /bin/cat
                check-unit: nginx
                check-network: http://localhost
              - package: openssh-server
                check-unit: ssh
                check-network: tcp://localhost:22
              - package: bind9
                check-unit: named
                check-network: [udp://localhost:53, tcp://localhost:53]
              - package: redis-server
                check-unit: redis-server
                check-network: tcp://localhost:6379
                check-command: {command: redis-cli ping, stdout: PONG}
                lifecycle: install,purge
              - package: mosquitto
                check-unit: mosquitto
                check-network: tcp://localhost:1883
              - package: memcached
                check-unit: memcached
                check-network: tcp://localhost:11211
                check-failed-units: true
              - package: haproxy
                check-unit: haproxy
                check-journal:
              - package: snmpd
                check-unit: snmpd
                check-network: udp://localhost:161
              - package: chrony
                check-unit: [chrony=enabled, chrony]
              - package: auditd
                check-unit: auditd
              - package: fail2ban
                check-unit: fail2ban
              - package: unbound
                check-unit: unbound
              - package: no-such-package
            """;

    @TempDir
    private Path directory;

    private TestPostroj postroj;

    @BeforeEach
    void open(TestPostroj shared) {
        postroj = shared;
    }

    @AfterEach
    void nothing_is_left() {
        postroj.assertNothingLeft();
    }

    @Test
    void each_package_gets_its_verdict_its_reason_and_where_it_is_known_the_cause() throws Exception {
        Path spec = Files.writeString(directory.resolve("probe.yaml"), SPECIFICATION);

        Result result = postroj.probe("--spec=" + spec);

        Map<String, String> verdicts = new TreeMap<>();
        Map<String, String> reasons = new TreeMap<>();
        Map<String, String> diagnoses = new TreeMap<>();
        for (JsonNode cell : result.report().get("cells")) {
            String subject = cell.get("subject").asString();
            verdicts.put(subject, cell.get("verdict").asString());
            if (!cell.get("verdict").asString().equals("PASS")) {
                reasons.put(subject, reason(cell));
                diagnoses.put(subject, cell.get("diagnosis").asString());
            }
        }
        assertAll(
                () -> assertEquals(1, result.status(), result.err()),
                () -> assertEquals(
                        Map.ofEntries(
                                Map.entry("postgresql", "PASS"),
                                Map.entry("openjdk-17-jre-headless", "FAIL"),
                                Map.entry("nginx", "PASS"),
                                Map.entry("apache2", "PASS"),
                                Map.entry("nginx-light nginx", "FAIL"),
                                Map.entry("openssh-server", "PASS"),
                                Map.entry("bind9", "PASS"),
                                Map.entry("redis-server", "PASS"),
                                Map.entry("mosquitto", "PASS"),
                                Map.entry("memcached", "PASS"),
                                Map.entry("haproxy", "PASS"),
                                Map.entry("snmpd", "PASS"),
                                Map.entry("chrony", "FAIL"),
                                Map.entry("auditd", "FAIL"),
                                Map.entry("fail2ban", "FAIL"),
                                Map.entry("unbound", "FAIL"),
                                Map.entry("no-such-package", "FAIL")),
                        Map.copyOf(verdicts),
                        () -> result.out() + result.err()),
                () -> assertEquals(Map.of(), reasons),
                () -> assertEquals(Map.of(), diagnoses));
    }

    /** Why it did not pass, as the line of a pipe says it. */
    private static String reason(JsonNode cell) {
        for (JsonNode step : cell.get("steps")) {
            if (!step.get("deedVerdict").asString().equals("PASS")) {
                return step.get("name").asString() + ": " + step.get("reason").asString();
            }
            List<String> bad = Result.bad(cell);
            if (!bad.isEmpty()) {
                return bad.get(0);
            }
        }
        return "";
    }

    @Test
    void the_other_releases_of_debian_do_as_well() throws Exception {
        Result result = postroj.probe(
                "--image=" + postroj.debian("bullseye"),
                "--image=" + postroj.debian("trixie"),
                "--image=" + postroj.debian("sid"),
                "--package=memcached",
                "--check-unit=memcached",
                "--check-network=tcp://localhost:11211",
                "--lifecycle=install,remove,purge");

        assertEquals(0, result.status(), result::toString);
        assertTrue(result.out().contains("3 cells: 3 passed"), result::out);
    }
}
