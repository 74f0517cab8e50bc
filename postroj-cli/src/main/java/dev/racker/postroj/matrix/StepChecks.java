package dev.racker.postroj.matrix;

import dev.racker.harness.machine.Machine;
import dev.racker.harness.probe.Probe;
import dev.racker.harness.probe.ProbeContext;
import dev.racker.harness.probe.ProbeResult;
import dev.racker.postroj.plan.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The checks of a row in one machine. */
final class StepChecks {

    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final String CURSOR = "-- cursor: ";

    private final Machine machine;
    private final Row row;
    private final Bench bench;

    StepChecks(Machine machine, Row row, Bench bench) {
        this.machine = machine;
        this.row = row;
        this.bench = bench;
    }

    /** The end of the journal now, see journalctl(1); asked for only when a check needs it, and empty otherwise. */
    String cursor() {
        if (!row.journal()) {
            return "";
        }
        String text = machine.tool(List.of("journalctl", "--quiet", "--lines=0", "--show-cursor"), LOOK)
                .text();
        int at = text.lastIndexOf(CURSOR);
        return at < 0 ? "" : text.substring(at + CURSOR.length()).strip();
    }

    /** Looks whether everything is as it shall be while the packages are there. */
    List<ProbeResult> present(List<String> packageUnits, String cursor) {
        ProbeContext context = new ProbeContext(
                machine, bench.unitTimeout(), bench.networkTimeout(), row.units(), packageUnits, cursor);
        List<ProbeResult> results = new ArrayList<>();
        for (Probe probe : row.probes()) {
            results.addAll(probe.run(context));
        }
        return results;
    }
}
