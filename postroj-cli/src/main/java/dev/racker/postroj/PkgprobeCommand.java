package dev.racker.postroj;

import dev.racker.harness.Session;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
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
import picocli.CommandLine.Command;

/** Tests packages on images: installs, checks, upgrades, removes, reports. */
@Command(
        name = "pkgprobe",
        mixinStandardHelpOptions = true,
        description = "Test packages on distributions: boot, install, check, upgrade, remove, report.")
final class PkgprobeCommand extends DeclaredCommand {

    private static final int NAMES_IN_TITLE = 3;

    private final Session session;
    private final Catalogue catalogue;
    private final List<String> commandLine;

    private final Values<String> images = texts(
            "--image",
            "IMAGE",
            "A label of list-images, a glob over labels, or any image that racker knows. Repeatable.");

    private final Values<String> packages = texts(
            "--package",
            "PACKAGE",
            "A file, an http(s) address, NAME or NAME=VERSION; each is a row of its own. Repeatable.");

    private final Value<String> sha256 = text("--sha256", "HEX", "The checksum of the one package that is named.");

    private final Values<String> with = texts("--with", "PACKAGE", "Install this before. Repeatable.");

    private final Values<String> upgradeFrom =
            texts("--upgrade-from", "PACKAGE", "Install this first, and then upgrade to the package. Repeatable.");

    private final Value<String> lifecycle = text(
            "--lifecycle",
            "STEPS",
            "Some of install,upgrade,reinstall,remove,purge. Default: install, and upgrade if there is"
                    + " something to upgrade from.");

    private final Values<String> setup = texts("--setup", "COMMAND", "Run this inside before. Repeatable.");

    private final Values<String> run =
            texts("--run", "COMMAND", "Run this inside once the package is there; it must work. Repeatable.");

    private final Values<String> allowedLeftovers =
            texts("--allow-leftover", "GLOB", "May stay after the package has gone. Repeatable.");

    private final Value<Path> spec =
            value(Path.class, "--spec", "FILE", "Read options from a YAML file; those given here win.");

    private final Flag keep =
            flag("--keep-on-failure", "Leave the machine of what did not pass, and say how to enter it.");

    private final Flag shell = flag("--shell-on-failure", "Open a shell in the machine of what did not pass.");

    private final CheckOptions checks = include(new CheckOptions());

    private final MatrixOptions matrix = include(new MatrixOptions());

    PkgprobeCommand(Session session, Catalogue catalogue, List<String> commandLine) {
        this.session = session;
        this.catalogue = catalogue;
        this.commandLine = commandLine;
    }

    @Override
    public Integer call() {
        Spec file = spec.given() == null ? Spec.empty() : SpecReader.read(spec.given());
        Treatment given = new Treatment(
                with.given(),
                upgradeFrom.given(),
                lifecycle.given(),
                setup.given(),
                run.given(),
                allowedLeftovers.given(),
                checks.checks());
        List<String> wanted = images.given() != null ? images.given() : file.images();
        if (wanted == null || wanted.isEmpty()) {
            throw new UsageException(
                    "Tried to find out where to test, but no image was given.",
                    "Give --image, such as --image=debian-bookworm; see `postroj list-images`.");
        }
        List<Row> rows = RowReader.read(entries(file, given), given.over(file.treatment()));
        Spec.Run how = matrix.run().after(keep.given(), shell.given()).over(file.run());
        MatrixRun tests = new MatrixRun(session, catalogue, how, aftermath(how));
        return ExitStatus.of(tests.of(title(rows), wanted, family -> rows, commandLine));
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

    private Aftermath aftermath(Spec.Run how) {
        boolean kept = Boolean.TRUE.equals(how.keepOnFailure());
        boolean entered = Boolean.TRUE.equals(how.shellOnFailure());
        if (kept && entered) {
            throw new UsageException(
                    "Tried to read --keep-on-failure and --shell-on-failure, but a machine is either kept or entered.",
                    "Give one of them.");
        }
        if (entered) {
            return new ShellOnFailure(session);
        }
        return kept ? new KeepOnFailure(session) : (container, report) -> {};
    }

    /** A package of the command line takes over what the file says about it; what the command line says wins. */
    private List<Spec.Entry> entries(Spec file, Treatment given) {
        List<Spec.Entry> known = file.packages() == null ? List.of() : file.packages();
        if (packages.given() == null) {
            if (sha256.given() != null) {
                throw new UsageException(
                        "Tried to use --sha256, but there is no --package that it is about.",
                        "Give one beside it; in a specification write sha256 beside package.");
            }
            List<Spec.Entry> entries = new ArrayList<>();
            known.forEach(entry ->
                    entries.add(new Spec.Entry(entry.packages(), entry.sha256(), given.over(entry.treatment()))));
            return entries;
        }
        if (sha256.given() != null && packages.given().size() > 1) {
            throw new UsageException(
                    "Tried to check " + packages.given().size() + " packages against one checksum.",
                    "Append #sha256=... to each address instead.");
        }
        List<Spec.Entry> entries = new ArrayList<>();
        for (String text : packages.given()) {
            Spec.Entry found = known.stream()
                    .filter(entry -> entry.packages().equals(List.of(text)))
                    .findFirst()
                    .orElse(new Spec.Entry(List.of(text), null, Treatment.none()));
            entries.add(new Spec.Entry(
                    found.packages(),
                    sha256.given() != null ? sha256.given() : found.sha256(),
                    given.over(found.treatment())));
        }
        return entries;
    }
}
