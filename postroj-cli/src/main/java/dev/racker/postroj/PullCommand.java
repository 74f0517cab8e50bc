package dev.racker.postroj;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.acquire.CuratedRelease;
import dev.racker.harness.acquire.PullRequest;
import dev.racker.harness.acquire.RegistryOptions;
import dev.racker.harness.acquire.SourceChoice;
import dev.racker.harness.console.Signals;
import dev.racker.harness.console.Table;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.CuratedReference;
import dev.racker.harness.image.Platform;
import dev.racker.images.Catalogue;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings curated images into the store and makes them bootable, several at a time. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = "Bring images into the store and make them bootable. One that fails does not stop the others.")
final class PullCommand implements Callable<Integer> {

    private final Session session;
    private final Catalogue catalogue;

    @Option(names = "--all", description = "Bring every image that is known by name.")
    private boolean all;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many images to bring at the same time (default: ${DEFAULT-VALUE}).")
    private int jobs = 2;

    @Option(
            names = "--source",
            paramLabel = "auto|registry|bootstrap",
            description = "Take the images from their registries only, or make them from their distribution's packages "
                    + "(default: auto, packages only when no registry can be reached).")
    private String source = "auto";

    @Option(
            names = "--tls-verify",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            description = "Check the certificates of registries, or allow plain HTTP too (default: true).")
    private Boolean tlsVerify;

    @Option(names = "--authfile", paramLabel = "FILE", description = "Read the log-ins of registries from this file.")
    private Path authFile;

    @Option(names = "--cert-dir", paramLabel = "DIR", description = "Trust the certificates (*.crt) in this directory.")
    private Path certificates;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only the summary.")
    private boolean quiet;

    @Parameters(
            paramLabel = "LABEL",
            arity = "0..*",
            description = "The images: labels, or patterns of labels such as 'debian-*'.")
    private List<String> labels = List.of();

    @Spec
    private CommandSpec spec;

    PullCommand(Session session, Catalogue catalogue) {
        this.session = session;
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() {
        check();
        int status = session.interruptible(this::pull);
        return status == ExitStatus.OK ? status : ExitStatus.ERROR;
    }

    private int pull(Signals signals) {
        List<CuratedRelease> releases = all ? catalogue.all() : catalogue.matching(labels);
        List<PullRequest> requests = new ArrayList<>();
        for (CuratedRelease release : releases) {
            requests.add(new PullRequest(
                    new CuratedReference(release.label()),
                    Platform.host(),
                    new RegistryOptions(tlsVerify, null, authFile, certificates),
                    SourceChoice.parse(source)));
        }
        Harness harness = session.harness(Tool.SKOPEO, Tool.SYSTEMD_NSPAWN);
        List<Pulled> pulled =
                new Pulls(harness.images(), session.progress(quiet), () -> signals.status() != 0).run(requests, jobs);
        return report(pulled);
    }

    private void check() {
        String wrong = "";
        if (all == !labels.isEmpty()) {
            wrong = all
                    ? "Tried to pull all images, but labels were given too. Leave one of them out."
                    : "Tried to pull images, but none were named. Name labels, patterns such as 'debian-*', or --all.";
        } else if (jobs < 1) {
            wrong = "Tried to pull " + jobs + " images at a time, but --jobs must be 1 or more.";
        } else if (!List.of("auto", "registry", "bootstrap").contains(source)) {
            wrong = "Tried to read the source \"" + source + "\", but there are only auto, registry and bootstrap.";
        }
        if (!wrong.isEmpty()) {
            throw new ParameterException(spec.commandLine(), wrong);
        }
    }

    private int report(List<Pulled> pulled) {
        Table table = new Table("IMAGE", "RESULT", "SIZE", "TIME");
        boolean failed = false;
        for (Pulled one : pulled) {
            table.row(one.label(), one.outcome(), one.size(), one.seconds());
            if (one.failure() != null && !one.interrupted()) {
                session.tell(one.failure());
            }
            failed |= one.failure() != null;
        }
        PrintWriter out = new PrintWriter(session.out());
        table.print(out);
        out.flush();
        return failed ? ExitStatus.ERROR : ExitStatus.OK;
    }
}
