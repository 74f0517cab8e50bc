package dev.racker.postroj;

import dev.racker.harness.Container;
import dev.racker.harness.Session;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.report.CellReport;
import dev.racker.postroj.matrix.Aftermath;
import dev.racker.postroj.plan.UsageException;
import java.time.Duration;

/** Opens a shell in the machine of what did not pass, one after the other. */
final class ShellOnFailure implements Aftermath {

    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private final Session session;

    /**
     * Checks that there is a terminal to work on.
     *
     * @throws UsageException when there is none
     */
    ShellOnFailure(Session session) {
        this.session = session;
        if (!Terminals.isTerminal(0) || !Terminals.isTerminal(1)) {
            throw new UsageException(
                    "Tried to prepare for --shell-on-failure, but standard input and output are no terminal.",
                    "Use --keep-on-failure, and enter the machine later.");
        }
    }

    @Override
    public synchronized void look(Container container, CellReport report) {
        session.err()
                .println(report.subject() + " on " + report.image() + ": " + report.verdict()
                        + ". A shell in its machine; the machine ends with it.");
        Payload shell = Payload.of("/bin/sh", "-c", "exec \"$(command -v bash || echo sh)\" -l")
                .in("/root")
                .onTerminal()
                .timeout(UNLIMITED);
        container.run(shell);
    }
}
