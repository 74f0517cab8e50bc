package dev.racker.harness.probe;

import dev.racker.harness.machine.Machine;
import java.util.ArrayList;
import java.util.List;

/** Checks that no unit of the machine has failed. */
public final class FailedUnitsProbe implements Probe {

    private static final int MOST_EXPLAINED = 5;
    private static final String WHAT = "failed units";

    @Override
    public String kind() {
        return "failed-units";
    }

    @Override
    public String subject() {
        return "machine";
    }

    @Override
    public List<ProbeResult> run(ProbeContext context) {
        return Findings.of(this, WHAT, "none", context.machine(), findings -> look(context, findings));
    }

    private List<ProbeResult> look(ProbeContext context, Findings findings) {
        Guest guest = new Guest(context.machine());
        List<String> failed = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (UnitStatus status : UnitStatus.of(guest, listed(guest))) {
            if (status.activeState().equals("failed")) {
                failed.add(status.name());
                told.add(status.result().isEmpty() ? status.name() : status.name() + " (" + status.result() + ")");
            }
        }
        if (failed.isEmpty()) {
            return List.of(findings.pass(WHAT, "none", "none"));
        }
        return List.of(findings.fail(WHAT, "none", String.join(", ", told), () -> detail(guest, failed)));
    }

    /** Without the services that our own commands ran in, which are there until systemd forgets them. */
    private static List<String> listed(Guest guest) {
        String listed = guest.read(
                "systemctl", "list-units", "--state=failed", "--all", "--plain", "--no-legend", "--no-pager", "--full");
        List<String> failed = new ArrayList<>();
        for (String line : listed.split("\n")) {
            String name = line.strip().split("\\s+", 2)[0];
            if (!name.isEmpty() && !name.startsWith(Machine.PAYLOAD_PREFIX)) {
                failed.add(name);
            }
        }
        return failed;
    }

    private static String detail(Guest guest, List<String> failed) {
        StringBuilder detail = new StringBuilder();
        for (int i = 0; i < failed.size() && i < MOST_EXPLAINED; i++) {
            detail.append(UnitProbe.unitDetail(guest, failed.get(i))).append("\n\n");
        }
        return detail.toString().strip();
    }
}
