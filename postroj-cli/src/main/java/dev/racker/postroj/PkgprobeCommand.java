package dev.racker.postroj;

import dev.racker.harness.Session;
import dev.racker.images.Catalogue;
import dev.racker.postroj.matrix.Aftermath;
import dev.racker.postroj.plan.Row;
import dev.racker.postroj.plan.RowReader;
import dev.racker.postroj.plan.Spec;
import dev.racker.postroj.plan.SpecReader;
import dev.racker.postroj.plan.Treatment;
import dev.racker.postroj.plan.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Tests packages on images: installs, checks, upgrades, removes, reports. */
@Command(
        name = "pkgprobe",
        mixinStandardHelpOptions = true,
        description = "Test packages on distributions: boot, install, check, upgrade, remove, report.")
final class PkgprobeCommand implements Callable<Integer> {

    private static final int NAMES_IN_TITLE = 3;

    private final Session session;
    private final Catalogue catalogue;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "A label of list-images, a glob over labels, or any image that racker knows. Repeatable.")
    private List<String> images;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "A file, an http(s) address, NAME or NAME=VERSION; each is a row of its own. Repeatable.")
    private List<String> packages;

    @Option(names = "--sha256", paramLabel = "HEX", description = "The checksum of the one package that is named.")
    private String sha256;

    @Option(names = "--with", paramLabel = "PACKAGE", description = "Install this before. Repeatable.")
    private List<String> with;

    @Option(
            names = "--upgrade-from",
            paramLabel = "PACKAGE",
            description = "Install this first, and then upgrade to the package. Repeatable.")
    private List<String> upgradeFrom;

    @Option(
            names = "--lifecycle",
            paramLabel = "STEPS",
            description = "Some of install,upgrade,reinstall,remove,purge. Default: install, and upgrade if there is"
                    + " something to upgrade from.")
    private String lifecycle;

    @Option(names = "--setup", paramLabel = "COMMAND", description = "Run this inside before. Repeatable.")
    private List<String> setup;

    @Option(
            names = "--run",
            paramLabel = "COMMAND",
            description = "Run this inside once the package is there; it must work. Repeatable.")
    private List<String> run;

    @Option(
            names = "--allow-leftover",
            paramLabel = "GLOB",
            description = "May stay after the package has gone. Repeatable.")
    private List<String> allowedLeftovers;

    @Option(names = "--spec", paramLabel = "FILE", description = "Read options from a YAML file; those given here win.")
    private Path spec;

    @Option(
            names = "--keep-on-failure",
            description = "Leave the machine of what did not pass, and say how to enter it.")
    private boolean keep;

    @Option(names = "--shell-on-failure", description = "Open a shell in the machine of what did not pass.")
    private boolean shell;

    @Mixin
    private CheckOptions checks = new CheckOptions();

    @Mixin
    private MatrixOptions matrix = new MatrixOptions();

    @picocli.CommandLine.Spec
    private CommandSpec command;

    PkgprobeCommand(Session session, Catalogue catalogue) {
        this.session = session;
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() {
        Spec file = spec == null ? Spec.empty() : SpecReader.read(spec);
        Treatment given = new Treatment(with, upgradeFrom, lifecycle, setup, run, allowedLeftovers, checks.checks());
        List<String> wanted = images != null ? images : file.images();
        if (wanted == null || wanted.isEmpty()) {
            throw new UsageException(
                    "Tried to find out where to test, but no image was given.",
                    "Give --image, such as --image=debian-bookworm; see `postroj list-images`.");
        }
        List<Row> rows = RowReader.read(entries(file, given), given.over(file.treatment()));
        MatrixRun tests = new MatrixRun(session, catalogue, matrix.run().over(file.run()), aftermath());
        return ExitStatus.of(tests.of(title(rows), wanted, family -> rows, CommandLines.of(command)));
    }

    /** What is tested, for people; reports have the whole list. */
    private static String title(List<Row> rows) {
        StringBuilder title = new StringBuilder("pkgprobe");
        for (int i = 0; i < Math.min(rows.size(), NAMES_IN_TITLE); i++) {
            title.append(i == 0 ? " " : ", ").append(rows.get(i).subject());
        }
        int more = rows.size() - NAMES_IN_TITLE;
        return more > 0 ? title + " and " + more + " more" : title.toString();
    }

    private Aftermath aftermath() {
        if (keep && shell) {
            throw new UsageException(
                    "Tried to read --keep-on-failure and --shell-on-failure, but a machine is either kept or entered.",
                    "Give one of them.");
        }
        if (shell) {
            return new ShellOnFailure(session);
        }
        return keep ? new KeepOnFailure(session) : (container, report) -> {};
    }

    /** A package of the command line takes over what the file says about it; what the command line says wins. */
    private List<Spec.Entry> entries(Spec file, Treatment given) {
        List<Spec.Entry> known = file.packages() == null ? List.of() : file.packages();
        if (packages == null) {
            List<Spec.Entry> entries = new ArrayList<>();
            known.forEach(entry ->
                    entries.add(new Spec.Entry(entry.packages(), entry.sha256(), given.over(entry.treatment()))));
            return entries;
        }
        if (sha256 != null && packages.size() > 1) {
            throw new UsageException(
                    "Tried to check " + packages.size() + " packages against one checksum.",
                    "Append #sha256=... to each address instead.");
        }
        List<Spec.Entry> entries = new ArrayList<>();
        for (String text : packages) {
            Spec.Entry found = known.stream()
                    .filter(entry -> entry.packages().equals(List.of(text)))
                    .findFirst()
                    .orElse(new Spec.Entry(List.of(text), null, Treatment.none()));
            entries.add(new Spec.Entry(
                    found.packages(), sha256 != null ? sha256 : found.sha256(), given.over(found.treatment())));
        }
        return entries;
    }
}
