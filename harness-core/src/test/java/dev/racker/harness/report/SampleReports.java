package dev.racker.harness.report;

import static dev.racker.harness.probe.Verdict.ERROR;
import static dev.racker.harness.probe.Verdict.FAIL;
import static dev.racker.harness.probe.Verdict.PASS;
import static dev.racker.harness.probe.Verdict.SKIPPED;

import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs as they happen, and one that means harm. */
final class SampleReports {

    /** A local package with a name as long as they get. */
    static final String LONG_NAME = "./foo-telemetry-agent-enterprise_2.14.0~rc3+git20260301-1_amd64.deb";

    private static final Instant STARTED = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final String HOSTILE =
            "</script></style><img src=x onerror=alert(1)>&amp;\"'<!-- ]]> \u001b[31mred\u001b[0m"
                    + " \u001b]0;title\u0007 \u0000\u0008\u0085\ufffe lone \ud83d high, lone \ude00 low, pair \ud83d\ude00 \u202etxt.exe";

    private SampleReports() {}

    /** Writes the sample pages for people to look at: the directory is the argument. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        ReportDirectory.write(matrix(), directory.resolve("matrix"));
        ReportDirectory.write(green(), directory.resolve("green"));
        ReportDirectory.write(hostile(), directory.resolve("hostile"));
        ReportDirectory.write(interrupted(), directory.resolve("interrupted"));
        ReportDirectory.write(large(12, 10_000_000), directory.resolve("large"));
        ReportDirectory.write(wide(), directory.resolve("wide"));
    }

    /** Three packages on four images: everything that a cell can end in. */
    static RunReport matrix() {
        List<CellReport> cells = List.of(
                green("debian-bullseye", "nginx", 9_812),
                green("debian-bookworm", "nginx", 8_204),
                green("debian-trixie", "nginx", 8_655),
                deadService(),
                green("debian-bullseye", "redis-server", 6_120),
                green("debian-bookworm", "redis-server", 5_980),
                sandboxed(),
                green("debian-sid", "redis-server", 7_340),
                unmetDependency(),
                leftovers(),
                unreachable(),
                notRun("debian-sid", LONG_NAME));
        return run("pkgprobe nginx, redis-server and 1 more", false, cells);
    }

    /** All is well. */
    static RunReport green() {
        return run(
                "pkgprobe nginx",
                false,
                List.of(green("debian-bookworm", "nginx", 8_204), green("debian-trixie", "nginx", 8_655)));
    }

    /** A signal came after the first cell. */
    static RunReport interrupted() {
        return run(
                "pkgprobe nginx",
                true,
                List.of(
                        green("debian-bookworm", "nginx", 8_204),
                        notRun("debian-trixie", "nginx"),
                        notRun("debian-sid", "nginx")));
    }

    /** Nothing was asked for. */
    static RunReport empty() {
        return run("pkgprobe", false, List.of());
    }

    /** Texts that would break out of every format. */
    static RunReport hostile() {
        ProbeResult check =
                new ProbeResult("unit", HOSTILE, HOSTILE, HOSTILE, HOSTILE, FAIL, HOSTILE + "\n...\n---\n", millis(5));
        StepReport step = new StepReport(
                "install", FAIL, HOSTILE, HOSTILE, 1, HOSTILE + "\nok 1\n", millis(7), List.of(check, check));
        return new RunReport(
                HOSTILE,
                HOSTILE,
                List.of("postroj", HOSTILE),
                HOSTILE,
                STARTED,
                millis(30),
                false,
                List.of(hostile(step), hostile(step)));
    }

    private static CellReport hostile(StepReport step) {
        return new CellReport(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                2,
                millis(20),
                List.of(step),
                HOSTILE,
                List.of(new Evidence(HOSTILE, HOSTILE)));
    }

    /** As many failed cells, with a log and a piece of evidence of this many characters each. */
    static RunReport large(int cells, int characters) {
        String line = "Mar 01 12:00:07 debian nginx[812]: 10.0.2.15 - GET /healthz HTTP/1.1 200 612\n";
        String log = line.repeat(characters / line.length() + 1).substring(0, characters);
        List<CellReport> made = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            StepReport step =
                    new StepReport("install", FAIL, "It broke.", "apt-get install x", 100, log, millis(900), List.of());
            made.add(new CellReport(
                    "image-" + i,
                    "x",
                    "",
                    1,
                    millis(1000),
                    List.of(step),
                    "",
                    List.of(
                            new Evidence("Journal of the boot", log),
                            new Evidence("One long line", "x".repeat(characters)))));
        }
        return run("large", false, made);
    }

    /** One package on many images. */
    static RunReport wide() {
        List<CellReport> cells = new ArrayList<>();
        for (String image : List.of(
                "debian-bullseye",
                "debian-bookworm",
                "debian-trixie",
                "debian-sid",
                "ubuntu-focal",
                "ubuntu-jammy",
                "ubuntu-noble",
                "fedora-41",
                "fedora-42",
                "centos-stream-9",
                "rockylinux-9",
                "opensuse-leap-15.6",
                "opensuse-tumbleweed",
                "archlinux-latest")) {
            cells.add(green(image, "nginx", 8_000 + 100 * image.length()));
        }
        return run("selftest pkgprobe", false, cells);
    }

    private static RunReport run(String title, boolean interrupted, List<CellReport> cells) {
        List<String> words = List.of(
                "postroj",
                "pkgprobe",
                "--image=debian-*",
                "--package=nginx",
                "--package=redis-server",
                "--package=" + LONG_NAME,
                "--check-failed-units",
                "--lifecycle=install,reinstall,remove,purge",
                "--run",
                "echo it's fine",
                "--jobs=2",
                "--report-dir=out");
        return new RunReport(
                title,
                "0.1.0",
                words,
                "Debian GNU/Linux 12 (bookworm), kernel 6.1.0-18-amd64, control plane machined",
                STARTED,
                Duration.ofMillis(98_460),
                interrupted,
                cells);
    }

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
                        step("install", "apt-get install -y " + subject, installLog(subject), total * 2 / 5, checks),
                        step(
                                "reinstall",
                                "apt-get install -y --reinstall " + subject,
                                installLog(subject),
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

    private static CellReport deadService() {
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
                        step("install", "apt-get install -y nginx", installLog("nginx"), 7_900, checks),
                        skipped("reinstall"),
                        skipped("remove"),
                        skipped("purge")),
                "Another program already listens on port 80: apache2 (pid 214, apache2.service). The package nginx does not"
                        + " declare a conflict with it.",
                List.of(
                        new Evidence("systemctl status nginx.service", STATUS),
                        new Evidence("Journal of nginx.service", JOURNAL),
                        new Evidence("Journal of the boot", bootJournal(420)),
                        new Evidence("Listening sockets", SOCKETS),
                        new Evidence(
                                "Differences in files",
                                "A /etc/nginx/nginx.conf\nA /etc/nginx/sites-enabled/default\n"
                                        + "A /lib/systemd/system/nginx.service\nA /usr/sbin/nginx\nC /var/lib/dpkg/status\n"),
                        new Evidence(
                                "Failed units",
                                "● nginx.service loaded failed failed A high performance web server\n")));
    }

    private static CellReport sandboxed() {
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
                                installLog("redis-server"),
                                5_200,
                                List.of(unit)),
                        skipped("reinstall"),
                        skipped("remove"),
                        skipped("purge")),
                "226/NAMESPACE: systemd could not set up the sandbox that the unit asks for (ProtectSystem=, PrivateTmp=)."
                        + " That is this host's fault, not the package's.",
                List.of(new Evidence(
                        "systemctl status redis-server.service", STATUS.replace("nginx", "redis-server"))));
    }

    private static CellReport unmetDependency() {
        StepReport install = new StepReport(
                "install",
                FAIL,
                "unmet dependency: foo-telemetry-agent-enterprise needs libssl3 (>= 3.0.0), which is not available",
                "apt-get install -y /var/tmp/postroj/" + LONG_NAME.substring(2),
                100,
                "Reading package lists...\nBuilding dependency tree...\nReading state information...\n"
                        + "Some packages could not be installed.\nThe following packages have unmet dependencies:\n"
                        + " foo-telemetry-agent-enterprise : Depends: libssl3 (>= 3.0.0) but it is not installable\n"
                        + "\u001b[1;31mE: \u001b[0mUnable to correct problems, you have held broken packages.\n",
                millis(2_310),
                List.of());
        return new CellReport(
                "debian-bullseye",
                LONG_NAME,
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

    private static CellReport leftovers() {
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
                LONG_NAME,
                "probe-foo-debian-bookworm-2",
                2,
                millis(8_790),
                List.of(
                        step("boot", "", "", 398, List.of()),
                        step(
                                "install",
                                "apt-get install -y /var/tmp/postroj/" + LONG_NAME.substring(2),
                                installLog("foo-telemetry-agent-enterprise"),
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

    private static CellReport unreachable() {
        StepReport install = new StepReport(
                "install",
                ERROR,
                "the mirror could not be reached: Temporary failure resolving 'mirror.example'",
                "apt-get install -y /var/tmp/postroj/" + LONG_NAME.substring(2),
                100,
                "Err:1 http://mirror.example trixie InRelease\n  Temporary failure resolving 'mirror.example'\n",
                millis(31_200),
                List.of());
        return new CellReport(
                "debian-trixie",
                LONG_NAME,
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

    private static CellReport notRun(String image, String subject) {
        return new CellReport(image, subject, "", 1, Duration.ZERO, List.of(), "", List.of());
    }

    private static StepReport step(String name, String command, String log, int took, List<ProbeResult> checks) {
        return new StepReport(name, PASS, "", command, 0, log, millis(took), checks);
    }

    private static StepReport skipped(String name) {
        return new StepReport(name, SKIPPED, "", "", 0, "", Duration.ZERO, List.of());
    }

    private static ProbeResult check(
            String kind, String subject, String property, String expected, String actual, Verdict verdict, int took) {
        return new ProbeResult(kind, subject, property, expected, actual, verdict, "", millis(took));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static String installLog(String subject) {
        StringBuilder log = new StringBuilder("Reading package lists...\nBuilding dependency tree...\n");
        log.append("The following NEW packages will be installed:\n  ")
                .append(subject)
                .append(' ')
                .append(subject);
        log.append("-common\n0 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.\n");
        log.append("(Reading database ... \r(Reading database ... 50%\r(Reading database ... 100%\r");
        log.append("(Reading database ... 6931 files and directories currently installed.)\n");
        log.append("Preparing to unpack .../").append(subject).append("_1.22.1-9_amd64.deb ...\n");
        log.append("Unpacking ")
                .append(subject)
                .append(" (1.22.1-9) ...\nSetting up ")
                .append(subject);
        log.append(" (1.22.1-9) ...\nCreated symlink /etc/systemd/system/multi-user.target.wants/")
                .append(subject);
        return log.append(".service → /lib/systemd/system/")
                .append(subject)
                .append(".service.\n")
                .toString();
    }

    private static String bootJournal(int lines) {
        StringBuilder journal = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            journal.append(String.format("Mar 01 12:00:%02d.%06d debian systemd[1]: ", i / 30, i * 997 % 1_000_000));
            journal.append(i % 2 == 0 ? "Starting" : "Finished")
                    .append(" unit-")
                    .append(i / 2)
                    .append(".service\n");
        }
        return journal.toString();
    }

    private static final String STATUS = """
            × nginx.service - A high performance web server and a reverse proxy server
                 Loaded: loaded (/lib/systemd/system/nginx.service; enabled; preset: enabled)
                 Active: failed (Result: exit-code) since Sun 2026-03-01 12:00:09 UTC; 402ms ago
                   Docs: man:nginx(8)
                Process: 801 ExecStartPre=/usr/sbin/nginx -t -q -g daemon on; master_process on; (code=exited, status=0/SUCCESS)
                Process: 802 ExecStart=/usr/sbin/nginx -g daemon on; master_process on; (code=exited, status=1/FAILURE)
                    CPU: 24ms
            """;

    private static final String JOURNAL = """
            Mar 01 12:00:07 debian systemd[1]: Starting nginx.service - A high performance web server and a reverse proxy server...
            Mar 01 12:00:07 debian nginx[802]: nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)
            Mar 01 12:00:09 debian nginx[802]: nginx: [emerg] still could not bind()
            Mar 01 12:00:09 debian systemd[1]: nginx.service: Control process exited, code=exited, status=1/FAILURE
            Mar 01 12:00:09 debian systemd[1]: nginx.service: Failed with result 'exit-code'.
            Mar 01 12:00:09 debian systemd[1]: Failed to start nginx.service - A high performance web server and a reverse proxy server.
            """;

    private static final String SOCKETS = """
            State   Recv-Q  Send-Q   Local Address:Port   Peer Address:Port  Process
            LISTEN  0       511                  *:80                *:*     users:(("apache2",pid=214,fd=4))
            LISTEN  0       4096     127.0.0.53%lo:53          0.0.0.0:*     users:(("systemd-resolve",pid=61,fd=14))
            """;
}
