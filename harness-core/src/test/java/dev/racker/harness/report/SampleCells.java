package dev.racker.harness.report;

import static dev.racker.harness.probe.Verdict.ERROR;
import static dev.racker.harness.probe.Verdict.FAIL;
import static dev.racker.harness.probe.Verdict.PASS;
import static dev.racker.harness.probe.Verdict.SKIPPED;

import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import java.time.Duration;
import java.util.List;

/** Cells of runs as they happen: one that went well, and several that did not. */
final class SampleCells {

    private SampleCells() {}

    static CellReport green(String image, String subject, int total) {
        String unit = subject + ".service";
        List<ProbeResult> checks = List.of(
                check("unit", unit, "ActiveState", "active", "active", PASS, 38),
                check("http", "http://localhost:80", "status", "2xx", "200", PASS, 61),
                check("failed-units", "machine", "failed units", "none", "none", PASS, 22),
                check("journal", unit, "entries at err or worse", "none", "none", PASS, 31));
        List<ProbeResult> gone = List.of(
                check("unit", unit, "LoadState", "not-found", "not-found", PASS, 19),
                check("leftover", subject, "files", "none", "none", PASS, 240));
        return new CellReport(
                image,
                subject,
                "probe-" + subject + "-" + image,
                1,
                millis(total),
                List.of(
                        step("boot", "", "", 412, List.of()),
                        step(
                                "install",
                                "apt-get install -y " + subject,
                                SampleLogs.installLog(subject),
                                total * 2 / 5,
                                checks),
                        step(
                                "reinstall",
                                "apt-get install -y --reinstall " + subject,
                                SampleLogs.installLog(subject),
                                total / 6,
                                checks),
                        step(
                                "remove",
                                "apt-get remove -y --autoremove " + subject,
                                "Removing " + subject + " ...\n",
                                total / 9,
                                gone),
                        step(
                                "purge",
                                "apt-get purge -y " + subject,
                                "Purging configuration files for " + subject + " ...\n",
                                total / 16,
                                gone)),
                "",
                List.of());
    }

    static CellReport deadService() {
        List<ProbeResult> checks = List.of(
                new ProbeResult(
                        "unit",
                        "nginx.service",
                        "ActiveState",
                        "active",
                        "failed (Result: exit-code, status 1/FAILURE)",
                        FAIL,
                        "nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n"
                                + "nginx: [emerg] still could not bind()\n",
                        millis(412)),
                check(
                        "http",
                        "http://localhost:80",
                        "status",
                        "2xx",
                        "not tried: nginx.service has failed",
                        SKIPPED,
                        0),
                check("failed-units", "machine", "failed units", "none", "nginx.service", FAIL, 24),
                check("journal", "nginx.service", "entries at err or worse", "none", "none", PASS, 30));
        return new CellReport(
                "debian-sid",
                "nginx",
                "probe-nginx-debian-sid",
                1,
                millis(10_870),
                List.of(
                        step("boot", "", "", 980, List.of()),
                        step("install", "apt-get install -y nginx", SampleLogs.installLog("nginx"), 7_900, checks),
                        skipped("reinstall"),
                        skipped("remove"),
                        skipped("purge")),
                "Another program already listens on port 80: apache2 (pid 214, apache2.service). The package nginx does not"
                        + " declare a conflict with it.",
                List.of(
                        new Evidence("systemctl status nginx.service", SampleLogs.STATUS),
                        new Evidence("Journal of nginx.service", SampleLogs.JOURNAL),
                        new Evidence("Journal of the boot", SampleLogs.bootJournal(420)),
                        new Evidence("Listening sockets", SampleLogs.SOCKETS),
                        new Evidence(
                                "Differences in files",
                                "A /etc/nginx/nginx.conf\nA /etc/nginx/sites-enabled/default\n"
                                        + "A /lib/systemd/system/nginx.service\nA /usr/sbin/nginx\nC /var/lib/dpkg/status\n"),
                        new Evidence(
                                "Failed units",
                                "● nginx.service loaded failed failed A high performance web server\n")));
    }

    static CellReport sandboxed() {
        ProbeResult unit = new ProbeResult(
                "unit",
                "redis-server.service",
                "ActiveState",
                "active",
                "failed (Result: exit-code, status 226/NAMESPACE)",
                FAIL,
                "redis-server.service: Failed to set up mount namespacing: Permission denied\n",
                millis(301));
        return new CellReport(
                "debian-trixie",
                "redis-server",
                "probe-redis-server-debian-trixie",
                1,
                millis(7_020),
                List.of(
                        step("boot", "", "", 433, List.of()),
                        step(
                                "install",
                                "apt-get install -y redis-server",
                                SampleLogs.installLog("redis-server"),
                                5_200,
                                List.of(unit)),
                        skipped("reinstall"),
                        skipped("remove"),
                        skipped("purge")),
                "226/NAMESPACE: systemd could not set up the sandbox that the unit asks for (ProtectSystem=, PrivateTmp=)."
                        + " That is this host's fault, not the package's.",
                List.of(new Evidence(
                        "systemctl status redis-server.service", SampleLogs.STATUS.replace("nginx", "redis-server"))));
    }

    static CellReport unmetDependency() {
        StepReport install = new StepReport(
                "install",
                FAIL,
                "unmet dependency: foo-telemetry-agent-enterprise needs libssl3 (>= 3.0.0), which is not available",
                "apt-get install -y /var/tmp/postroj/" + SampleReports.LONG_NAME.substring(2),
                100,
                "Reading package lists...\nBuilding dependency tree...\nReading state information...\n"
                        + "Some packages could not be installed.\nThe following packages have unmet dependencies:\n"
                        + " foo-telemetry-agent-enterprise : Depends: libssl3 (>= 3.0.0) but it is not installable\n"
                        + "\u001b[1;31mE: \u001b[0mUnable to correct problems, you have held broken packages.\n",
                millis(2_310),
                List.of());
        return new CellReport(
                "debian-bullseye",
                SampleReports.LONG_NAME,
                "probe-foo-debian-bullseye",
                1,
                millis(3_020),
                List.of(
                        step("boot", "", "", 455, List.of()),
                        install,
                        skipped("reinstall"),
                        skipped("remove"),
                        skipped("purge")),
                "libssl3 first came with debian-bookworm: the package was built for a newer release than debian-bullseye.",
                List.of(new Evidence("apt-cache policy libssl3", "N: Unable to locate package libssl3\n")));
    }

    static CellReport leftovers() {
        List<ProbeResult> gone = List.of(
                check("unit", "foo-agent.service", "LoadState", "not-found", "not-found", PASS, 18),
                new ProbeResult(
                        "leftover",
                        "foo-telemetry-agent-enterprise",
                        "files",
                        "none",
                        "3 files, 1 user",
                        FAIL,
                        "file  /var/log/foo-agent/agent.log\nfile  /etc/cron.d/foo-agent\ndirectory  /var/lib/foo-agent\n"
                                + "user  foo-agent (uid 104)\n",
                        millis(260)));
        return new CellReport(
                "debian-bookworm",
                SampleReports.LONG_NAME,
                "probe-foo-debian-bookworm-2",
                2,
                millis(8_790),
                List.of(
                        step("boot", "", "", 398, List.of()),
                        step(
                                "install",
                                "apt-get install -y /var/tmp/postroj/" + SampleReports.LONG_NAME.substring(2),
                                SampleLogs.installLog("foo-telemetry-agent-enterprise"),
                                4_100,
                                List.of(check(
                                        "unit", "foo-agent.service", "ActiveState", "active", "active", PASS, 1_204))),
                        step(
                                "reinstall",
                                "apt-get install -y --reinstall foo-telemetry-agent-enterprise",
                                "",
                                1_300,
                                List.of()),
                        step(
                                "remove",
                                "apt-get remove -y foo-telemetry-agent-enterprise",
                                "Removing ...\n",
                                610,
                                List.of()),
                        step("purge", "apt-get purge -y foo-telemetry-agent-enterprise", "Purging ...\n", 402, gone)),
                "",
                List.of(new Evidence(
                        "Leftovers", "/var/log/foo-agent/agent.log\n/etc/cron.d/foo-agent\n/var/lib/foo-agent\n")));
    }

    static CellReport unreachable() {
        StepReport install = new StepReport(
                "install",
                ERROR,
                "the mirror could not be reached: Temporary failure resolving 'mirror.example'",
                "apt-get install -y /var/tmp/postroj/" + SampleReports.LONG_NAME.substring(2),
                100,
                "Err:1 http://mirror.example trixie InRelease\n  Temporary failure resolving 'mirror.example'\n",
                millis(31_200),
                List.of());
        return new CellReport(
                "debian-trixie",
                SampleReports.LONG_NAME,
                "probe-foo-debian-trixie-3",
                3,
                millis(31_990),
                List.of(
                        step("boot", "", "", 441, List.of()),
                        install,
                        skipped("reinstall"),
                        skipped("remove"),
                        skipped("purge")),
                "",
                List.of(new Evidence("resolvectl / resolv.conf", "nameserver 10.88.0.1\n")));
    }

    static CellReport notRun(String image, String subject) {
        return new CellReport(image, subject, "", 1, Duration.ZERO, List.of(), "", List.of());
    }

    static StepReport step(String name, String command, String log, int took, List<ProbeResult> checks) {
        return new StepReport(name, PASS, "", command, 0, log, millis(took), checks);
    }

    static StepReport skipped(String name) {
        return new StepReport(name, SKIPPED, "", "", 0, "", Duration.ZERO, List.of());
    }

    static ProbeResult check(
            String kind, String subject, String property, String expected, String actual, Verdict verdict, int took) {
        return new ProbeResult(kind, subject, property, expected, actual, verdict, "", millis(took));
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
