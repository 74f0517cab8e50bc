package dev.racker.postroj;

import static dev.racker.postroj.TestPostroj.OFFLINE;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.distribution.DebPackage;
import dev.racker.postroj.TestPostroj.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Packages of our own, good and bad, from their installation to their purge. */
class LifecycleIT extends PkgprobeCase {

    @Test
    void a_service_that_works_passes_every_check_in_every_step_of_its_life() throws Exception {
        Path old = TestService.answering("good", "1.0", 8080).build(directory);
        Path deb = TestService.answering("good", "2.0", 8080)
                .file("etc/good.conf", "colour=red\n")
                .build(directory);

        Result result = probe(
                deb,
                "--upgrade-from=" + old,
                "--lifecycle=install,upgrade,reinstall,remove,purge",
                "--check-unit=good",
                "--check-unit=good=enabled",
                ADDRESS,
                "--http-status=200",
                "--http-body=hello",
                "--http-header=X-Served-By: good",
                "--check-network=tcp://localhost:8080",
                "--check-file=/usr/libexec/good=file,root:root,0755",
                "--check-file=/etc/shadow=contains:root",
                "--check-command=dpkg -s good",
                "--command-stdout=/^Status: install ok installed$/",
                "--check-journal",
                "--check-journal=good.service:Started",
                "--check-package=good",
                "--check-failed-units");

        assertStatus(0, result);
        JsonNode cell = result.cell();
        assertEquals(
                List.of(
                        "boot PASS",
                        "refresh PASS",
                        "install PASS",
                        "upgrade PASS",
                        "reinstall PASS",
                        "remove PASS",
                        "purge PASS"),
                Result.steps(cell));
        assertEquals("good_2.0_all.deb", cell.get("subject").asString());
        assertEquals(OFFLINE, cell.get("image").asString());
        assertTrue(Result.step(cell, "install").get("command").asString().contains("apt-get"), result::toString);
        assertEquals("", cell.get("diagnosis").asString());
        assertEquals(0, cell.get("evidence").size());
        assertEquals("PASS", result.report().get("verdict").asString());
        assertTrue(result.err().matches("(?s).*PASS +" + OFFLINE + "  good_2.0_all.deb  [0-9.]+ s\n"), result::err);
        assertTrue(result.out().contains("PASS  1 cell: 1 passed, in "), result::out);
    }

    @Test
    void an_upgrade_that_breaks_the_service_is_to_blame() throws Exception {
        Path works = TestService.answering("fragile", "1.0", 8080).build(directory);
        Path broken = TestService.of("fragile", "2.0")
                .running("#!/bin/sh\necho 'no such option: --fast' >&2\nexit 2\n")
                .build(directory);

        Result result = probe(broken, "--upgrade-from=" + works, "--check-unit=fragile", ADDRESS);

        assertStatus(1, result);
        JsonNode cell = result.cell();
        assertEquals(
                List.of("boot PASS", "refresh PASS", "install PASS", "upgrade FAIL"),
                Result.steps(cell),
                result::toString);
        assertEquals("PASS", Result.step(cell, "upgrade").get("deedVerdict").asString());
        assertEquals(
                "upgrade unit fragile.service ActiveState: failed (Result: exit-code, status 2)",
                Result.bad(cell).get(0),
                result::toString);
        assertTrue(evidence(cell).contains("no such option: --fast"), result::toString);
        assertTrue(result.out().contains("after upgrade: unit fragile.service"), result::out);
    }

    @Test
    void what_a_purge_leaves_is_named_unless_it_may_stay() throws Exception {
        Path deb = TestService.of("messy", "1.0")
                .install("useradd --system messy\nmkdir -p /var/lib/messy /srv/messy\n"
                        + "echo 1 >/var/lib/messy/state\necho 1 >/srv/messy/data")
                .build(directory);

        Result result = probe(deb, "--lifecycle=install,purge");

        assertStatus(1, result);
        assertEquals(
                List.of("boot PASS", "refresh PASS", "install PASS", "purge FAIL"),
                Result.steps(result.cell()),
                result::toString);
        assertEquals(
                List.of(
                        "purge leftover /srv/messy directory: present with 1 entry below",
                        "purge leftover /var/lib/messy directory: present with 1 entry below",
                        "purge leftover messy user: present",
                        "purge leftover messy group: present"),
                Result.bad(result.cell()),
                result::toString);
        assertTrue(result.out().contains("/srv/messy/data"), result::out);

        assertStatus(
                0,
                probe(
                        deb,
                        "--lifecycle=install,purge",
                        "--allow-leftover=/var/lib/messy/**",
                        "--allow-leftover=/srv/messy/**",
                        "--allow-leftover=user:messy",
                        "--allow-leftover=group:messy"));
    }

    @Test
    void a_package_of_which_a_removal_leaves_nothing_can_be_purged_after_it() throws Exception {
        Path deb = DebPackage.of("plain", "1.0").file("usr/bin/plain", "").build(directory);

        assertStatus(0, probe(deb, "--lifecycle=install,remove,purge"));
    }

    @Test
    void a_package_that_cannot_be_installed_is_told_with_its_reason() throws Exception {
        Path late = DebPackage.of("fails-late", "1.0")
                .script("postinst", "echo 'I refuse' >&2\nexit 3\n")
                .build(directory);
        Path unmet = DebPackage.of("unmet", "1.0")
                .field("Depends", "no-such-thing (>= 3)")
                .build(directory);

        Result result =
                postroj.probe("--image=" + OFFLINE, "--package=" + late, "--package=" + unmet, "--check-unit=none");

        assertStatus(1, result);
        JsonNode first = result.cell("fails-late_1.0_all.deb");
        assertAll(
                () -> assertEquals(List.of("boot PASS", "refresh PASS", "install FAIL"), Result.steps(first)),
                () -> assertEquals(
                        "the postinst script of fails-late failed with exit status 3",
                        Result.step(first, "install").get("reason").asString()),
                () -> assertTrue(
                        Result.step(first, "install").get("log").asString().contains("I refuse"), result::toString),
                () -> assertEquals(
                        "unmet needs no-such-thing (>= 3), but it is not installable",
                        Result.step(result.cell("unmet_1.0_all.deb"), "install")
                                .get("reason")
                                .asString()),
                () -> assertTrue(result.out().contains("2 cells: 2 failed"), result::out));
    }
}
