package dev.racker.postroj;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.postroj.TestPostroj.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
                setup:
                  - rm -r /usr/share/man
                  - echo 'path-exclude=/usr/share/man/*' >/etc/dpkg/dpkg.cfg.d/no-manuals
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

    /** What does not pass: why, as an expression, because some are about to be started again, and the cause. */
    private static final Map<String, Expected> EXPECTED = new TreeMap<>(Map.of(
            "openjdk-17-jre-headless",
            new Expected(
                    "install: the post.* of openjdk-17-jre-headless:amd64 failed with exit status 2",
                    "The image comes without documentation, so the directory /usr/share/man/man1 is missing and"
                            + " update-alternatives fails. Make it first: --setup 'mkdir -p /usr/share/man/man1'"),
            "apache2",
            new Expected("purge leftover /var/lib/apache2 directory: present, empty", ""),
            "nginx-light nginx",
            new Expected(
                    "install unit nginx.service ActiveState: failed .*",
                    "nginx.service needs port 80, which another process of the machine has already."),
            "chrony",
            new Expected(
                    "install unit chrony.service ActiveState: inactive .*: skipped, because a condition was not met:"
                            + " ConditionCapability=CAP_SYS_TIME",
                    "chrony.service was not started: its condition ConditionCapability=CAP_SYS_TIME is not met here."
                            + " It does not want to run in a container like this one."),
            "auditd",
            new Expected(
                    "install unit auditd.service ActiveState: .*exit-code.*",
                    "auditd wants a higher priority and the kernel's audit, and no container gets them. That says"
                            + " nothing about the package."),
            "fail2ban",
            new Expected(
                    "install unit fail2ban.service ActiveState: .*exit-code.*",
                    "fail2ban wants a log file for its jail sshd, but in this image nothing writes one: there is the"
                            + " journal only."),
            "unbound",
            new Expected(
                    "install unit unbound.service ActiveState: .*exit-code.*",
                    "It needs the file /var/lib/unbound/root.key, which does not exist: it may be of a package that is"
                            + " only recommended."),
            "no-such-package",
            new Expected("install: there is no package no-such-package", "")));

    private record Expected(String reason, String diagnosis) {}

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

        List<String> good = new ArrayList<>();
        Map<String, JsonNode> bad = new TreeMap<>();
        for (JsonNode cell : result.report().get("cells")) {
            String subject = cell.get("subject").asString();
            if (cell.get("verdict").asString().equals("PASS")) {
                good.add(subject);
            } else {
                bad.put(subject, cell);
            }
        }
        assertEquals(1, result.status(), result.out());
        assertEquals(
                List.of(
                        "postgresql",
                        "nginx",
                        "openssh-server",
                        "bind9",
                        "redis-server",
                        "mosquitto",
                        "memcached",
                        "haproxy",
                        "snmpd"),
                good,
                result::out);
        assertEquals(EXPECTED.keySet(), bad.keySet());
        EXPECTED.forEach((subject, expected) -> {
            JsonNode cell = bad.get(subject);
            assertAll(
                    subject,
                    () -> assertEquals("FAIL", cell.get("verdict").asString()),
                    () -> assertTrue(reason(cell).matches(expected.reason()), () -> reason(cell)),
                    () -> assertEquals(
                            expected.diagnosis(), cell.get("diagnosis").asString()));
        });
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
                "--package=redis-server",
                "--check-unit=redis-server",
                "--check-network=tcp://localhost:6379",
                "--lifecycle=install,remove,purge");

        assertEquals(0, result.status(), result::toString);
        assertTrue(result.out().contains("3 cells: 3 passed"), result::out);
    }
}
