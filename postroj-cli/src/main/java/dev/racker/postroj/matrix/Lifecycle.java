package dev.racker.postroj.matrix;

import dev.racker.harness.distribution.InstalledPackage;
import dev.racker.harness.distribution.PackageFormat;
import dev.racker.harness.distribution.PackageManager;
import dev.racker.harness.distribution.Transaction;
import dev.racker.harness.evidence.LeftoverCheck;
import dev.racker.harness.evidence.LeftoverPolicy;
import dev.racker.harness.evidence.LeftoverSnapshot;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.UnitStatus;
import dev.racker.harness.probe.Verdict;
import dev.racker.harness.report.StepReport;
import dev.racker.postroj.plan.Goods;
import dev.racker.postroj.plan.Row;
import dev.racker.postroj.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What is done with the packages of a row in one machine, in order, each with the checks that belong to it. */
final class Lifecycle {

    /** One thing to do, and the steps that it makes; when the last one did not work, nothing after it is tried. */
    record Deed(String name, Supplier<List<StepReport>> work) {}

    private final PackageManager packages;
    private final Machine machine;
    private final Row row;
    private final StepChecks checks;
    private final Commands commands;
    private final TreeSet<String> units = new TreeSet<>();
    private LeftoverSnapshot before;

    Lifecycle(PackageManager packages, Machine machine, Row row, StepChecks checks, Commands commands) {
        this.packages = packages;
        this.machine = machine;
        this.row = row;
        this.checks = checks;
        this.commands = commands;
    }

    /** The step after which the package under test is there for the first time. */
    private Step complete() {
        return row.lifecycle().contains(Step.UPGRADE) ? Step.UPGRADE : Step.INSTALL;
    }

    List<Deed> deeds() {
        List<Deed> deeds = new ArrayList<>();
        deeds.add(new Deed("refresh", () -> List.of(Steps.of("refresh", packages.refresh(), List.of()))));
        if (!row.with().isEmpty()) {
            Supplier<Transaction> install = () -> packages.install(row.with().requests());
            deeds.add(new Deed("with", () -> List.of(Steps.of("with", install.get(), List.of()))));
        }
        for (Step step : row.lifecycle()) {
            deeds.add(new Deed(step.word(), () -> step(step)));
        }
        return deeds;
    }

    private List<StepReport> step(Step step) {
        if (step == Step.INSTALL && row.removes()) {
            before = LeftoverSnapshot.take(machine);
        }
        String cursor = checks.cursor();
        Transaction transaction = transaction(step);
        if (!transaction.succeeded()) {
            return List.of(Steps.of(step.word(), transaction, List.of()));
        }
        if (step == Step.REMOVE || step == Step.PURGE) {
            return List.of(Steps.of(step.word(), transaction, gone(step)));
        }
        return present(step, cursor, transaction);
    }

    /** What the user runs comes after the package is there and before the checks, so that it may start services. */
    private List<StepReport> present(Step step, String cursor, Transaction transaction) {
        List<ProbeResult> installed = installed(step);
        if (step != complete() || row.run().isEmpty()) {
            installed.addAll(checks.present(List.copyOf(units), cursor));
            return List.of(Steps.of(step.word(), transaction, installed));
        }
        List<StepReport> steps = new ArrayList<>();
        steps.add(Steps.of(step.word(), transaction, installed));
        if (commands.run("run", row.run(), Verdict.FAIL, steps)) {
            steps.add(Steps.done("check", Duration.ZERO, checks.present(List.copyOf(units), cursor)));
        }
        return steps;
    }

    private Transaction transaction(Step step) {
        Goods goods = row.packages();
        return switch (step) {
            case INSTALL -> packages.install((complete() == Step.INSTALL ? goods : row.upgradeFrom()).requests());
            case UPGRADE -> packages.upgrade(goods.requests());
            case REINSTALL -> packages.reinstall(goods.requests());
            case REMOVE -> packages.remove(goods.names());
            case PURGE -> packages.purge(goods.names());
        };
    }

    /** The packages themselves are checked always. */
    private List<ProbeResult> installed(Step step) {
        Goods goods = step == Step.INSTALL && complete() == Step.UPGRADE ? row.upgradeFrom() : row.packages();
        List<String> names = goods.names();
        List<ProbeResult> results = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            results.add(installed(names.get(i), goods.version(i)));
            packages.units(names.get(i)).stream()
                    .filter(unit -> !unit.contains("@.")) // a template is never loaded itself
                    .forEach(units::add);
        }
        return results;
    }

    private ProbeResult installed(String name, String version) {
        long start = System.nanoTime();
        Optional<InstalledPackage> found = packages.installed(name);
        String actual = found.map(InstalledPackage::version).orElse("not installed");
        boolean good = found.isPresent() && (version.isEmpty() || actual.equals(version));
        return new ProbeResult(
                "package",
                name,
                "version",
                version.isEmpty() ? "installed" : version,
                actual,
                good ? Verdict.PASS : Verdict.FAIL,
                "",
                Steps.since(start));
    }

    private List<ProbeResult> gone(Step step) {
        List<ProbeResult> results = new ArrayList<>();
        for (String name : row.packages().names()) {
            long start = System.nanoTime();
            Optional<InstalledPackage> found = packages.installed(name);
            results.add(new ProbeResult(
                    "package",
                    name,
                    "version",
                    "not installed",
                    found.map(InstalledPackage::version).orElse("not installed"),
                    found.isEmpty() ? Verdict.PASS : Verdict.FAIL,
                    "",
                    Steps.since(start)));
        }
        results.addAll(stopped());
        results.addAll(LeftoverCheck.between(before, LeftoverSnapshot.take(machine))
                .under(policy(step))
                .allowing(row.allowedLeftovers())
                .knowing(packages::owned)
                .results());
        return results;
    }

    private LeftoverPolicy policy(Step step) {
        if (step == Step.REMOVE) {
            return LeftoverPolicy.AFTER_REMOVE;
        }
        return packages.format() == PackageFormat.DEB ? LeftoverPolicy.AFTER_PURGE : LeftoverPolicy.AFTER_ERASE;
    }

    /** No unit that the packages brought may run without them, nor one that was asked for without its file. */
    private List<ProbeResult> stopped() {
        List<ProbeResult> results = new ArrayList<>();
        for (UnitStatus unit : UnitStatus.of(machine, List.copyOf(units))) {
            results.add(stopped(unit));
        }
        List<String> others = new ArrayList<>(row.units());
        others.removeAll(units);
        for (UnitStatus unit : UnitStatus.of(machine, others)) {
            if (unit.loadState().equals("not-found") && !rests(unit)) {
                results.add(stopped(unit));
            }
        }
        return results;
    }

    private static boolean rests(UnitStatus unit) {
        return unit.activeState().equals("inactive") || unit.activeState().equals("failed");
    }

    private static ProbeResult stopped(UnitStatus unit) {
        return new ProbeResult(
                "unit",
                unit.name(),
                "ActiveState",
                "not active",
                unit.activeState(),
                rests(unit) ? Verdict.PASS : Verdict.FAIL,
                "",
                Duration.ZERO);
    }
}
