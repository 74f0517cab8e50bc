package dev.racker.postroj.plan;

import dev.racker.harness.distribution.InstalledPackage;
import dev.racker.harness.distribution.PackageManager;
import dev.racker.harness.distribution.PackageRequest;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.evidence.PathGlob;
import dev.racker.harness.image.Digest;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.probe.CommandProbe;
import dev.racker.harness.probe.FailedUnitsProbe;
import dev.racker.harness.probe.FileProbe;
import dev.racker.harness.probe.HttpExpectation;
import dev.racker.harness.probe.JournalProbe;
import dev.racker.harness.probe.NetworkProbes;
import dev.racker.harness.probe.PackageProbe;
import dev.racker.harness.probe.Probe;
import dev.racker.harness.probe.TextPattern;
import dev.racker.harness.probe.UnitProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what was written into rows that can be tried; everything that can be checked before a machine boots is. */
public final class RowReader {

    private RowReader() {}

    /**
     * Reads what is to be tried on each image.
     *
     * @param entries the packages; empty when only the image is looked at
     * @param common what holds for all of them where they do not say otherwise
     * @throws UsageException when there is nothing to do, or something cannot be understood
     */
    public static List<Row> read(List<Spec.Entry> entries, Treatment common) {
        if (entries.isEmpty()) {
            Row row = row(new Spec.Entry(List.of(), null, Treatment.none()), common);
            if (row.probes().isEmpty() && row.run().isEmpty()) {
                throw new UsageException(
                        "Tried to find out what to test, but neither a package nor a check was given.",
                        "Give --package, --check-unit, --check-network, ..., or --spec.");
            }
            return List.of(row);
        }
        List<Row> rows = new ArrayList<>();
        for (Spec.Entry entry : entries) {
            Row row = row(entry, common);
            if (rows.stream().anyMatch(other -> other.subject().equals(row.subject()))) {
                throw new UsageException(
                        "Tried to read the packages, but \"" + row.subject() + "\" is there twice.",
                        "Name it once; give it several checks instead.");
            }
            rows.add(row);
        }
        return rows;
    }

    private static Row row(Spec.Entry entry, Treatment common) {
        Treatment treatment = entry.treatment().over(common);
        Goods packages = goods(entry.packages(), digest(entry));
        Goods upgradeFrom = goods(orEmpty(treatment.upgradeFrom()), null);
        Checks checks = treatment.checks();
        List<Probe> probes = probes(checks);
        return new Row(
                subject(entry, checks),
                packages,
                goods(orEmpty(treatment.with()), null),
                upgradeFrom,
                lifecycle(treatment.lifecycle(), packages, upgradeFrom),
                orEmpty(treatment.setup()),
                orEmpty(treatment.run()),
                probes,
                watched(probes),
                checks.journal() != null,
                globs(orEmpty(treatment.allowedLeftovers())));
    }

    private static String subject(Spec.Entry entry, Checks checks) {
        List<String> words = new ArrayList<>();
        for (String text : entry.packages()) {
            int query = text.indexOf('#');
            String bare = query > 0 ? text.substring(0, query) : text;
            words.add(bare.substring(bare.lastIndexOf('/') + 1));
        }
        if (words.isEmpty()) {
            words.addAll(orEmpty(checks.units()));
        }
        return words.isEmpty() ? "checks" : String.join(" ", words);
    }

    private static Goods goods(List<String> texts, Digest digest) {
        List<PackageRequest> requests = new ArrayList<>();
        for (String text : texts) {
            requests.add(PackageRequest.parse(text, digest));
        }
        return new Goods(requests);
    }

    private static Digest digest(Spec.Entry entry) {
        if (entry.sha256() == null) {
            return null;
        }
        if (entry.packages().size() != 1) {
            throw new UsageException(
                    "Tried to check " + entry.packages().size() + " packages against one checksum.",
                    "Append #sha256=... to each address instead.");
        }
        return digest(entry.sha256());
    }

    static Digest digest(String hexadecimal) {
        try {
            return Digest.parse("sha256:" + hexadecimal);
        } catch (HarnessException e) {
            throw new UsageException(
                    "Tried to read the checksum \"" + hexadecimal + "\", but it is no SHA-256.",
                    "Give 64 lower-case hexadecimal digits.",
                    e);
        }
    }

    private static List<Step> lifecycle(String text, Goods packages, Goods upgradeFrom) {
        if (packages.isEmpty()) {
            if (text != null || !upgradeFrom.isEmpty()) {
                throw new UsageException(
                        "Tried to read the lifecycle, but there is no package to go through it.", "Give --package.");
            }
            return List.of();
        }
        if (text == null) {
            return upgradeFrom.isEmpty() ? List.of(Step.INSTALL) : List.of(Step.INSTALL, Step.UPGRADE);
        }
        List<Step> steps = Step.parse(text);
        if (steps.contains(Step.UPGRADE) && upgradeFrom.isEmpty()) {
            throw new UsageException(
                    "Tried to test an upgrade, but nobody said from what.",
                    "Give --upgrade-from, a file, an address or NAME=VERSION.");
        }
        if (!steps.contains(Step.UPGRADE) && !upgradeFrom.isEmpty()) {
            throw new UsageException(
                    "Tried to read the lifecycle \"" + text
                            + "\", but there is something to upgrade from and no upgrade.",
                    "Add upgrade, or leave --upgrade-from out.");
        }
        return steps;
    }

    private static List<Probe> probes(Checks checks) {
        List<Probe> probes = new ArrayList<>();
        orEmpty(checks.packages()).forEach(text -> probes.add(PackageProbe.parse(text, RowReader::installed)));
        orEmpty(checks.units()).forEach(text -> probes.add(UnitProbe.parse(text)));
        orEmpty(checks.network()).forEach(check -> probes.add(network(check)));
        orEmpty(checks.files()).forEach(text -> probes.add(FileProbe.parse(text)));
        orEmpty(checks.commands()).forEach(check -> probes.add(command(check)));
        if (Boolean.TRUE.equals(checks.failedUnits())) {
            probes.add(new FailedUnitsProbe());
        }
        // Last, because what the other checks provoke is in the journal then.
        orEmpty(checks.journal()).forEach(text -> probes.add(JournalProbe.parse(text)));
        return probes;
    }

    static Optional<String> installed(Machine machine, String name) {
        return PackageManager.of(machine).installed(name).map(InstalledPackage::version);
    }

    static Probe network(NetworkCheck check) {
        if (check.expectsMore() && !check.isHttp()) {
            throw new UsageException(
                    "Tried to read the network check \"" + check.address()
                            + "\", but only answers of http and https have a status, a body and headers.",
                    "Leave them out, or give an address such as http://localhost:8080.");
        }
        return NetworkProbes.parse(check.address(), expectation(check));
    }

    private static HttpExpectation expectation(NetworkCheck check) {
        List<HttpExpectation.Header> headers = new ArrayList<>();
        check.headers().forEach(text -> headers.add(HttpExpectation.Header.parse(text)));
        return new HttpExpectation(
                check.status() == null ? 0 : check.status(),
                pattern(check.body()),
                headers,
                !Boolean.FALSE.equals(check.redirects()),
                Boolean.TRUE.equals(check.insecure()));
    }

    static Probe command(CommandCheck check) {
        return new CommandProbe(
                check.command(),
                check.status() == null ? 0 : check.status(),
                pattern(check.stdout()),
                pattern(check.stderr()),
                CommandProbe.DEFAULT_TIMEOUT);
    }

    private static TextPattern pattern(String text) {
        return text == null ? null : TextPattern.parse(text);
    }

    /** Only units that shall be up: one that shall have failed must not end any wait. */
    private static List<String> watched(List<Probe> probes) {
        List<String> watched = new ArrayList<>();
        for (Probe probe : probes) {
            if (probe instanceof UnitProbe unit && unit.expectsUp()) {
                watched.add(unit.unit());
            }
        }
        return watched;
    }

    private static List<PathGlob> globs(List<String> texts) {
        List<PathGlob> globs = new ArrayList<>();
        texts.forEach(text -> globs.add(PathGlob.parse(text)));
        return globs;
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }
}
