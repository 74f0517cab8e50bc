package dev.racker.postroj;

import static dev.racker.postroj.TestPostroj.OFFLINE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.StandbySetting;
import dev.racker.harness.Standbys;
import dev.racker.harness.distribution.DebPackage;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.progress.Progress;
import dev.racker.postroj.TestPostroj.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks that {@code postroj pkgprobe} makes of packages of our own, and of an image without any. */
class PkgprobeIT extends PkgprobeCase {

    @Test
    void a_machine_that_waits_is_taken() throws Exception {
        Standbys standbys = postroj.image().harness().standbys();
        StandbySetting one = new StandbySetting(OFFLINE, 1, NetworkMode.BRIDGE, Duration.ZERO);
        String name = standbys.set(one, Progress.none()).get(0).name();
        try {
            Result result = postroj.probe("--image=" + OFFLINE, "--check-unit=systemd-journald");

            assertStatus(0, result);
            assertEquals(name, result.cell().get("machine").asString());
        } finally {
            standbys.set(one, Progress.none()); // waits for the one that is booted in its place
            standbys.remove(OFFLINE);
        }
    }

    @Test
    void a_service_that_dies_after_a_second_does_not_pass() throws Exception {
        Path deb = TestService.of("mayfly", "1.0")
                .running("#!/bin/sh\nsleep 1\necho 'that was all' >&2\nexit 1\n")
                .build(directory);

        Result result = probe(deb, "--check-unit=mayfly", ADDRESS, "--network-timeout=300");

        assertStatus(1, result);
        assertEquals(List.of("boot PASS", "refresh PASS", "install FAIL"), Result.steps(result.cell()));
        assertTrue(evidence(result.cell()).contains("that was all"), result::toString);
        double seconds = Result.step(result.cell(), "install")
                .get("checks")
                .get(2)
                .get("durationSeconds")
                .asDouble();
        assertTrue(seconds < 60, "the address was waited for although the unit had failed: " + seconds + " s");
    }

    @Test
    void an_address_that_is_answered_late_is_waited_for_until_the_timeout() throws Exception {
        Path deb = TestService.of("late", "1.0").serving(8080, 200, 3).build(directory);

        assertStatus(0, probe(deb, "--check-unit=late", ADDRESS));

        Result result = probe(deb, "--check-unit=late", "--check-network=http://localhost:8081", "--network-timeout=1");
        assertStatus(1, result);
        assertEquals(1, Result.bad(result.cell()).size(), result::toString);
    }

    @Test
    void an_answer_that_is_an_error_or_other_than_expected_fails() throws Exception {
        Path deb = TestService.of("broken", "1.0").serving(8080, 500, 0).build(directory);

        Result refused = probe(deb, ADDRESS, "--network-timeout=2");
        assertStatus(1, refused);
        assertTrue(Result.bad(refused.cell()).get(0).contains("500"), refused::toString);

        assertStatus(0, probe(deb, ADDRESS, "--http-status=500", "--http-body=/^hel+o$/"));

        Result other = probe(deb, ADDRESS, "--http-status=500", "--http-body=bye", "--network-timeout=2");
        assertStatus(1, other);
        assertTrue(Result.bad(other.cell()).get(0).contains("hello"), other::toString);
    }

    @Test
    void commands_run_in_their_order_and_one_that_fails_is_to_blame() throws Exception {
        Path tool = DebPackage.of("tool", "1.0")
                .file("usr/bin/tool", "#!/bin/sh\ncat /srv/prepared\n")
                .build(directory);
        Path plugin = DebPackage.of("plugin", "1.0")
                .field("Depends", "tool")
                .file("usr/bin/plugin", "#!/bin/sh\ntool\n")
                .build(directory);

        Result good = probe(
                plugin,
                "--with=" + tool,
                "--setup=echo prepared >/srv/prepared",
                "--run=plugin >/srv/result",
                "--check-file=/srv/result=contains:prepared");
        assertStatus(0, good);
        assertEquals(
                List.of(
                        "boot PASS",
                        "setup PASS",
                        "refresh PASS",
                        "with PASS",
                        "install PASS",
                        "run PASS",
                        "check PASS"),
                Result.steps(good.cell()));

        Result run = probe(plugin, "--with=" + tool, "--run=plugin", "--check-file=/no/such/file");
        assertStatus(1, run);
        assertEquals("run FAIL", last(Result.steps(run.cell())));
        assertEquals(
                "\"plugin\" ended with exit status 1",
                Result.step(run.cell(), "run").get("reason").asString());

        Result setup = probe(plugin, "--with=" + tool, "--setup=echo cannot; exit 4");
        assertStatus(3, setup);
        assertEquals(List.of("boot PASS", "setup ERROR"), Result.steps(setup.cell()));
        assertEquals("cannot\n", Result.step(setup.cell(), "setup").get("log").asString() + "\n");
    }

    @Test
    void what_breaks_on_the_way_is_told_with_what_can_be_seen_of_the_machine() throws Exception {
        Path tool = DebPackage.of("tool", "1.0").file("usr/bin/tool", "").build(directory);

        Result result = probe(tool, "--setup=mv /usr/bin/dpkg-query /usr/bin/elsewhere");

        assertStatus(3, result);
        assertEquals("harness ERROR", last(Result.steps(result.cell())), result::toString);
        assertTrue(
                Result.step(result.cell(), "harness").get("reason").asString().contains("package database"),
                result::toString);
        assertTrue(evidence(result.cell()).contains("/usr/bin/elsewhere"), result::toString);
    }

    @Test
    void a_service_that_is_started_again_and_again_without_its_package_has_not_gone() throws Exception {
        Path deb = DebPackage.of("undead", "1.0")
                .service("undead", "/bin/false")
                .file("lib/systemd/system/undead.service.d/again.conf", "[Service]\nRestart=always\nRestartSec=1h\n")
                .script("postinst", "systemctl daemon-reload\nsystemctl start undead\n")
                .build(directory);

        Result result = probe(deb, "--lifecycle=install,remove");

        assertStatus(1, result);
        assertEquals(
                List.of("remove unit undead.service ActiveState: activating"),
                Result.bad(result.cell()),
                result::toString);
    }

    @Test
    void a_service_that_was_asked_for_and_runs_on_without_its_unit_file_has_not_gone() throws Exception {
        Path deb = DebPackage.of("maker", "1.0")
                .script("postinst", """
                        printf '[Service]\\nExecStart=/bin/sleep infinity\\n' >/etc/systemd/system/made.service
                        systemctl daemon-reload
                        systemctl start made
                        """)
                .script("postrm", "rm -f /etc/systemd/system/made.service\nsystemctl daemon-reload\n")
                .build(directory);

        Result result = probe(deb, "--lifecycle=install,remove", "--check-unit=made", "--check-unit=dbus");

        assertStatus(1, result);
        assertEquals(
                List.of("remove unit made.service ActiveState: active"), Result.bad(result.cell()), result::toString);
    }

    private static String last(List<String> list) {
        return list.get(list.size() - 1);
    }

    @Test
    void checks_are_made_of_what_comes_along_even_when_nothing_else_is_asked_for() throws Exception {
        Path tool = DebPackage.of("tool", "1.0").file("usr/bin/tool", "").build(directory);

        Result result = postroj.probe("--image=" + OFFLINE, "--with=" + tool, "--check-file=/usr/bin/other");

        assertStatus(1, result);
        assertTrue(Result.bad(result.cell()).get(0).contains("/usr/bin/other"), result::toString);
        assertStatus(0, postroj.probe("--image=" + OFFLINE, "--with=" + tool, "--check-file=/usr/bin/tool"));
    }

    @Test
    void each_kind_of_check_can_fail() throws Exception {
        Path deb = TestService.of("grumpy", "1.0")
                .running("#!/bin/sh\necho '<3>this is an error' >&2\nexec sleep infinity\n")
                .install("touch /etc/grumpy")
                .build(directory);

        Result result = probe(
                deb,
                "--setup=systemd-run --unit=doomed false || :",
                "--check-unit=grumpy=inactive",
                "--check-unit=no-such-unit",
                "--check-network=tcp://localhost:9",
                "--check-network=udp://localhost:9",
                "--network-timeout=1",
                "--check-file=/etc/grumpy=absent",
                "--check-file=/etc/grumpy=0600",
                "--check-command=echo loud >&2; exit 3",
                "--check-journal",
                "--check-journal=!/an error/",
                "--check-journal=never said",
                "--check-package=grumpy=9",
                "--check-package=no-such-package",
                "--check-failed-units");

        assertStatus(1, result);
        List<String> bad = Result.bad(result.cell()).stream()
                .map(line -> line.replaceFirst(": [0-9T:+-]+ [^ ]+ grumpy\\[[0-9]+\\]: ", ": "))
                .toList();
        assertEquals(
                List.of(
                        "install package grumpy version: 1.0",
                        "install package no-such-package state: not installed",
                        "install unit grumpy.service ActiveState: active (running)",
                        "install unit no-such-unit.service ActiveState: not-found: there is no such unit",
                        "install tcp tcp://localhost:9 port: connection refused, for 1 s",
                        "install udp udp://localhost:9 port: port unreachable, for 1 s",
                        "install file /etc/grumpy existence: present",
                        "install file /etc/grumpy mode: 0644",
                        "install command echo loud >&2; exit 3 status: 3",
                        "install failed-units machine failed units: doomed.service (exit-code)",
                        "install journal journal errors: this is an error",
                        "install journal journal entries: this is an error",
                        "install journal journal entries: nothing like it in 2 lines"),
                bad);
    }

    @Test
    void an_image_can_be_looked_at_without_a_package() throws Exception {
        Result result = postroj.probe(
                "--image=" + OFFLINE,
                "--check-unit=systemd-journald",
                "--check-file=/etc/debian_version",
                "--check-failed-units");

        assertStatus(0, result);
        assertEquals(List.of("boot PASS", "check PASS"), Result.steps(result.cell()));
        assertEquals("systemd-journald", result.cell().get("subject").asString());
    }

    @Test
    void a_specification_gives_each_package_its_own_checks_and_the_command_line_wins() throws Exception {
        Path red = TestService.answering("red", "1.0", 8081).build(directory);
        Path blue = TestService.answering("blue", "1.0", 8082).build(directory);
        Path both = DebPackage.of("both", "1.0").field("Depends", "red, blue").build(directory);
        Path spec = Files.writeString(directory.resolve("probe.yaml"), """
                image: %1$s
                jobs: 1
                check-failed-units: true
                package:
                  - package: %2$s
                    check-unit: red
                    check-network: tcp://localhost:8081
                  - package: %3$s
                    check-unit: blue
                    check-network:
                      - url: http://localhost:8082
                        http-body: hello
                        http-header: ["X-Served-By: blue"]
                    lifecycle: install,remove
                  - package: [%4$s, %2$s, %3$s]
                    check-unit: [red, blue]
                """.formatted(OFFLINE, red, blue, both));

        Result all = postroj.probe("--spec=" + spec, "--jobs=2");
        assertStatus(0, all);
        assertEquals(3, all.report().get("cells").size());
        assertEquals("remove PASS", last(Result.steps(all.cell("blue_1.0_all.deb"))));
        assertEquals("install PASS", last(Result.steps(all.cell("red_1.0_all.deb"))));
        assertTrue(all.out().contains("3 cells: 3 passed"), all::out);

        Result one = postroj.probe("--spec=" + spec, "--package=" + blue, "--check-unit=red");
        assertStatus(1, one);
        assertEquals(List.of("boot PASS", "refresh PASS", "install FAIL", "remove PASS"), Result.steps(one.cell()));
        assertEquals(
                List.of("install unit red.service ActiveState: not-found: there is no such unit"),
                Result.bad(one.cell()),
                one::toString);
    }
}
