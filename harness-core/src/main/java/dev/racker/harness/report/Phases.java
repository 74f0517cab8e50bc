package dev.racker.harness.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the time of a cell went: its deeds by name, all its checks, and what is left. */
final class Phases {

    /** Checks of all steps together. */
    static final String CHECKS = "checks";

    /** What no step accounts for: starting and stopping the machine, taking snapshots. */
    static final String REST = "other";

    /** In the order in which a life goes; the place of a name is the number of its colour. */
    private static final List<String> KNOWN =
            List.of("boot", "setup", "install", "upgrade", "reinstall", "remove", "purge", "run", CHECKS, REST);

    /** As they come in a life; what is not among them has a spare colour, too. */
    private static final List<String> ORDER = List.of(
            "pull",
            "boot",
            "setup",
            "refresh",
            "with",
            "install",
            "upgrade",
            "run",
            "reinstall",
            "remove",
            "purge",
            CHECKS,
            REST);

    private static final int SPARE_COLOURS = 3;
    private static final Duration NEGLIGIBLE = Duration.ofMillis(50);

    private Phases() {}

    /** The parts of one cell's time. */
    static Map<String, Duration> of(CellReport cell) {
        Map<String, Duration> phases = new LinkedHashMap<>();
        Duration sum = Duration.ZERO;
        Duration checks = Duration.ZERO;
        for (StepReport step : cell.steps()) {
            phases.merge(step.name(), step.duration(), Duration::plus);
            checks = checks.plus(step.durationOfChecks());
            sum = sum.plus(step.duration()).plus(step.durationOfChecks());
        }
        if (!checks.isZero()) {
            phases.merge(CHECKS, checks, Duration::plus);
        }
        Duration rest = cell.duration().minus(sum);
        if (rest.compareTo(NEGLIGIBLE) > 0) {
            phases.merge(REST, rest, Duration::plus);
        }
        phases.values().removeIf(Duration::isZero);
        return phases;
    }

    /** All that some cell has, in the order of a life; names that are not known stand before the checks. */
    static List<String> names(RunReport report) {
        Set<String> seen = new LinkedHashSet<>();
        report.cells().forEach(cell -> seen.addAll(of(cell).keySet()));
        List<String> names = new ArrayList<>(ORDER);
        names.retainAll(seen);
        seen.removeAll(ORDER);
        int checks = names.indexOf(CHECKS) >= 0 ? names.indexOf(CHECKS) : names.indexOf(REST);
        names.addAll(checks < 0 ? names.size() : checks, seen);
        return names;
    }

    /** The number of a phase's colour. */
    static int colour(String name) {
        int known = KNOWN.indexOf(name);
        return known >= 0 ? known : KNOWN.size() + Math.floorMod(name.hashCode(), SPARE_COLOURS);
    }
}
