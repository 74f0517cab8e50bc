package dev.racker.postroj;

import dev.racker.harness.Container;
import dev.racker.harness.Session;
import dev.racker.harness.host.ControlPlaneKind;
import dev.racker.harness.report.CellReport;
import dev.racker.postroj.matrix.Aftermath;

/** Leaves the machine of what did not pass, and says how to enter and to end it. */
final class KeepOnFailure implements Aftermath {

    private final Session session;

    KeepOnFailure(Session session) {
        this.session = session;
    }

    @Override
    public synchronized void look(Container container, CellReport report) {
        String name = container.machine().name();
        boolean machined = session.host().controlPlane().kind() == ControlPlaneKind.MACHINED;
        container.machine().keep();
        session.err().println(report.subject() + " on " + report.image() + ": kept the machine " + name + ".");
        session.err()
                .println("  Enter it:  "
                        + (machined
                                ? "machinectl shell " + name
                                : "nsenter --all --target "
                                        + container.machine().leader() + " --setuid 0 --setgid 0 -- /bin/sh -l"));
        session.err()
                .println("  End it:    racker rm --force " + container.record().name());
    }
}
