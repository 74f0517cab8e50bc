package dev.racker.postroj;

import dev.racker.harness.ContainerOptions;
import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.acquire.HttpDownloader;
import dev.racker.harness.console.Signals;
import dev.racker.harness.distribution.PackageFormat;
import dev.racker.harness.distribution.PackageManager;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.Platform;
import dev.racker.harness.probe.ProbeContext;
import dev.racker.harness.probe.Verdict;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.report.CellReport;
import dev.racker.harness.report.ReportDirectory;
import dev.racker.harness.report.RunReport;
import dev.racker.images.Catalogue;
import dev.racker.postroj.matrix.Aftermath;
import dev.racker.postroj.matrix.Bench;
import dev.racker.postroj.matrix.Candidate;
import dev.racker.postroj.matrix.Candidates;
import dev.racker.postroj.matrix.Jobs;
import dev.racker.postroj.matrix.MatrixRunner;
import dev.racker.postroj.matrix.Trial;
import dev.racker.postroj.matrix.Watcher;
import dev.racker.postroj.plan.Row;
import dev.racker.postroj.plan.Spec;
import dev.racker.postroj.plan.UsageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Tries rows on images, lets the user watch, and tells the result: what all commands that test have in common. */
final class MatrixRun {

    private final Session session;
    private final Catalogue catalogue;
    private final Spec.Run options;
    private final Aftermath aftermath;

    MatrixRun(Session session, Catalogue catalogue, Spec.Run options, Aftermath aftermath) {
        this.session = session;
        this.catalogue = catalogue;
        this.options = options;
        this.aftermath = aftermath;
    }

    /**
     * Tries rows on images, shows and writes the report, and gives the verdict over all; a signal ends it early, and
     * leaves it without a verdict.
     *
     * @param title what was tested, for people
     * @param rows what is tried on an image of a family, which is the ID of its os-release
     * @param commandLine what the user typed
     */
    Verdict of(String title, List<String> images, Function<String, List<Row>> rows, List<String> commandLine) {
        Verdict[] verdict = {Verdict.ERROR};
        int status = session.interruptible(signals -> {
            RunReport report = run(title, images, rows, commandLine, signals);
            verdict[0] = report.verdict();
            return 0;
        });
        return status == 0 ? verdict[0] : Verdict.ERROR;
    }

    private RunReport run(
            String title,
            List<String> images,
            Function<String, List<Row>> rows,
            List<String> commandLine,
            Signals signals) {
        checkOptions();
        if (options.reportDirectory() != null) {
            ReportDirectory.prepare(options.reportDirectory());
        }
        Instant started = Instant.now();
        long begun = System.nanoTime();
        Harness harness = session.harness(Tool.SYSTEMD_NSPAWN);
        Candidates candidates = new Candidates(harness, this::labels);
        Map<String, ImageReference> references = candidates.references(images);
        Progress progress = session.progress(false);
        Map<Row, Row> resolved = new IdentityHashMap<>(); // the first hash of a record generates code
        resolve(rows.apply(""), resolved, progress); // a mistake is told before an image is pulled
        List<Candidate> prepared = candidates.prepare(references, jobs(references.size()), progress);
        List<Pair> pairs = pairs(prepared, family -> resolve(rows.apply(family), resolved, progress));
        int jobs = jobs(pairs.size());
        if (options.jobs() != null) {
            Jobs.doubt(Math.min(jobs, pairs.size())).ifPresent(progress::note);
        }
        Presentation presentation = new Presentation(session);
        List<CellReport> reports;
        boolean interrupted;
        try (Watcher watcher = presentation.watcher(pairs.size())) {
            List<Trial> trials = trials(pairs, bench(harness, watcher));
            MatrixRunner runner = new MatrixRunner(trials, watcher, Boolean.TRUE.equals(options.failFast()));
            signals.deliver(
                    name -> {
                        runner.interrupt();
                        session.giveUp();
                    },
                    () -> Runtime.getRuntime().halt(ExitStatus.ERROR));
            reports = runner.run(jobs);
            interrupted = runner.isInterrupted();
        }
        RunReport report = new RunReport(
                title,
                Version.number(),
                commandLine,
                presentation.host(),
                started,
                Duration.ofNanos(System.nanoTime() - begun),
                interrupted,
                reports);
        presentation.tell(report, options.reportDirectory());
        return report;
    }

    private List<String> labels(String glob) {
        List<String> labels = new ArrayList<>();
        catalogue.matching(glob).forEach(release -> labels.add(release.label()));
        return labels;
    }

    private void checkOptions() {
        above(options.jobs(), "--jobs", 1);
        above(options.bootTimeout(), "--boot-timeout", 1);
        above(options.retries(), "--retries", 0);
        above(options.packageTimeout(), "--package-timeout", 1);
        above(options.unitTimeout(), "--unit-timeout", 0);
        above(options.networkTimeout(), "--network-timeout", 0);
    }

    private static void above(Integer value, String option, int least) {
        if (value != null && value < least) {
            throw new UsageException(
                    "Tried to read " + option + " \"" + value + "\", but that is too few.",
                    "Give a number from " + least + " on.");
        }
    }

    private int jobs(int cells) {
        return options.jobs() != null ? options.jobs() : Jobs.byDefault(cells);
    }

    private record Pair(Candidate candidate, Row row) {}

    /** The rows with everything that they need from elsewhere. */
    private List<Row> resolve(List<Row> rows, Map<Row, Row> resolved, Progress progress) {
        HttpDownloader downloader = session.downloader();
        List<Row> ready = new ArrayList<>();
        for (Row row : rows) {
            ready.add(resolved.computeIfAbsent(row, asked -> asked.resolve(downloader, progress)));
        }
        return ready;
    }

    /** What each image is tried with, once it is known to fit. */
    private static List<Pair> pairs(List<Candidate> candidates, Function<String, List<Row>> rows) {
        List<Pair> pairs = new ArrayList<>();
        for (Candidate candidate : candidates) {
            String family = candidate.image() == null ? "" : candidate.image().family();
            for (Row row : rows.apply(family)) {
                requireFit(candidate, row);
                pairs.add(new Pair(candidate, row));
            }
        }
        return pairs;
    }

    private static void requireFit(Candidate candidate, Row row) {
        if (candidate.image() == null) {
            return; // its cell says why
        }
        Platform platform = candidate.image().platform();
        PackageFormat.ofFamily(candidate.image().family()).ifPresent(format -> {
            row.packages().requireFit(format, platform, candidate.label());
            row.with().requireFit(format, platform, candidate.label());
            row.upgradeFrom().requireFit(format, platform, candidate.label());
        });
    }

    private Bench bench(Harness harness, Watcher watcher) {
        return new Bench(
                harness,
                watcher,
                seconds(options.bootTimeout(), ContainerOptions.DEFAULT_BOOT_TIMEOUT),
                seconds(options.packageTimeout(), PackageManager.DEFAULT_TIMEOUT),
                seconds(options.unitTimeout(), ProbeContext.DEFAULT_UNIT_TIMEOUT),
                seconds(options.networkTimeout(), ProbeContext.DEFAULT_NETWORK_TIMEOUT),
                options.retries() == null ? 0 : options.retries(),
                aftermath);
    }

    private static Duration seconds(Integer value, Duration otherwise) {
        return value == null ? otherwise : Duration.ofSeconds(value);
    }

    private static List<Trial> trials(List<Pair> pairs, Bench bench) {
        List<Trial> trials = new ArrayList<>();
        for (Pair pair : pairs) {
            trials.add(new Trial(pair.candidate(), pair.row(), bench));
        }
        return trials;
    }
}
