package dev.racker.postroj;

import dev.racker.harness.Session;
import dev.racker.harness.distribution.PackageFormat;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Values;
import dev.racker.harness.probe.Verdict;
import dev.racker.images.Catalogue;
import dev.racker.postroj.plan.Checks;
import dev.racker.postroj.plan.CommandCheck;
import dev.racker.postroj.plan.NetworkCheck;
import dev.racker.postroj.plan.Row;
import dev.racker.postroj.plan.RowReader;
import dev.racker.postroj.plan.Spec;
import dev.racker.postroj.plan.Treatment;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tries the program itself on curated images. */
@Command(
        name = "selftest",
        mixinStandardHelpOptions = true,
        description = "Try out on curated images whether they boot (hostnamectl) or run a web server (pkgprobe).")
final class SelftestCommand extends DeclaredCommand {

    /** What is tried out. */
    enum Test {
        hostnamectl,
        pkgprobe
    }

    private final Session session;
    private final Catalogue catalogue;
    private final List<String> commandLine;

    @Parameters(
            paramLabel = "TEST",
            description = "hostnamectl: boot it and ask its name; pkgprobe: install the family's"
                    + " web server, and look at its unit and its page.")
    private Test test;

    private final Values<String> images =
            texts("--image", "IMAGE", "A label or glob. Repeatable. Default: all labels.");

    private final MatrixOptions matrix = include(new MatrixOptions());

    SelftestCommand(Session session, Catalogue catalogue, List<String> commandLine) {
        this.session = session;
        this.catalogue = catalogue;
        this.commandLine = commandLine;
    }

    @Override
    public Integer call() {
        MatrixRun tests = new MatrixRun(session, catalogue, matrix.run(), (container, report) -> {});
        Verdict verdict = tests.of(
                "selftest " + test, images.given() == null ? List.of("*") : images.given(), this::rows, commandLine);
        return verdict == Verdict.PASS ? ExitStatus.OK : ExitStatus.SELFTEST;
    }

    private List<Row> rows(String family) {
        return List.of(test == Test.hostnamectl ? hostnamectl() : webServer(family));
    }

    private static Row hostnamectl() {
        CommandCheck name = new CommandCheck("hostnamectl", 0, "Operating System:", null);
        Checks checks = new Checks(null, null, null, List.of(name), null, null, null);
        return row("hostnamectl", List.of(), null, checks);
    }

    /** Packages of rpm families and of Arch do not start their services. */
    private static Row webServer(String family) {
        PackageFormat format = PackageFormat.ofFamily(family).orElse(PackageFormat.DEB);
        boolean suse = family.startsWith("opensuse") || family.startsWith("sle");
        String server =
                format == PackageFormat.DEB || suse ? "apache2" : format == PackageFormat.RPM ? "httpd" : "apache";
        String unit = server.equals("apache2") ? "apache2" : "httpd";
        NetworkCheck page = new NetworkCheck("http://localhost:80", null, null, List.of(), null, null);
        // An answer of any kind shows that the server runs; its default page may be an error.
        NetworkCheck port = NetworkCheck.of("tcp://localhost:80");
        List<NetworkCheck> network = format == PackageFormat.DEB ? List.of(page) : List.of(port);
        Checks checks = new Checks(List.of(unit), network, null, null, null, null, null);
        List<String> start = format == PackageFormat.DEB ? null : List.of("systemctl enable --now " + unit);
        return row("web server", List.of(server), start, checks);
    }

    private static Row row(String subject, List<String> packages, List<String> run, Checks checks) {
        Treatment treatment = new Treatment(null, null, null, null, run, null, checks);
        List<Spec.Entry> entries =
                packages.isEmpty() ? List.of() : List.of(new Spec.Entry(packages, null, Treatment.none()));
        return RowReader.read(entries, treatment).get(0).named(subject);
    }
}
