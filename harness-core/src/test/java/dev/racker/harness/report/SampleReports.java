package dev.racker.harness.report;

import static dev.racker.harness.probe.Verdict.FAIL;

import dev.racker.harness.probe.ProbeResult;
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
                SampleCells.green("debian-bullseye", "nginx", 9_812),
                SampleCells.green("debian-bookworm", "nginx", 8_204),
                SampleCells.green("debian-trixie", "nginx", 8_655),
                SampleCells.deadService(),
                SampleCells.green("debian-bullseye", "redis-server", 6_120),
                SampleCells.green("debian-bookworm", "redis-server", 5_980),
                SampleCells.sandboxed(),
                SampleCells.green("debian-sid", "redis-server", 7_340),
                SampleCells.unmetDependency(),
                SampleCells.leftovers(),
                SampleCells.unreachable(),
                SampleCells.notRun("debian-sid", LONG_NAME));
        return run("pkgprobe nginx, redis-server and 1 more", false, cells);
    }

    /** All is well. */
    static RunReport green() {
        return run(
                "pkgprobe nginx",
                false,
                List.of(
                        SampleCells.green("debian-bookworm", "nginx", 8_204),
                        SampleCells.green("debian-trixie", "nginx", 8_655)));
    }

    /** A signal came after the first cell. */
    static RunReport interrupted() {
        return run(
                "pkgprobe nginx",
                true,
                List.of(
                        SampleCells.green("debian-bookworm", "nginx", 8_204),
                        SampleCells.notRun("debian-trixie", "nginx"),
                        SampleCells.notRun("debian-sid", "nginx")));
    }

    /** Nothing was asked for. */
    static RunReport empty() {
        return run("pkgprobe", false, List.of());
    }

    /** Texts that would break out of every format. */
    static RunReport hostile() {
        ProbeResult check = new ProbeResult(
                "unit", HOSTILE, HOSTILE, HOSTILE, HOSTILE, FAIL, HOSTILE + "\n...\n---\n", SampleCells.millis(5));
        StepReport step = new StepReport(
                "install",
                FAIL,
                HOSTILE,
                HOSTILE,
                1,
                HOSTILE + "\nok 1\n",
                SampleCells.millis(7),
                List.of(check, check));
        return new RunReport(
                HOSTILE,
                HOSTILE,
                List.of("postroj", HOSTILE),
                HOSTILE,
                STARTED,
                SampleCells.millis(30),
                false,
                List.of(hostile(step), hostile(step)));
    }

    private static CellReport hostile(StepReport step) {
        return new CellReport(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                2,
                SampleCells.millis(20),
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
            StepReport step = new StepReport(
                    "install", FAIL, "It broke.", "apt-get install x", 100, log, SampleCells.millis(900), List.of());
            made.add(new CellReport(
                    "image-" + i,
                    "x",
                    "",
                    1,
                    SampleCells.millis(1000),
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
            cells.add(SampleCells.green(image, "nginx", 8_000 + 100 * image.length()));
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
}
