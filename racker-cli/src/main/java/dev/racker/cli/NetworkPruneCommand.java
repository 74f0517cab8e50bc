package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes networks that no machine is connected to. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = "Remove all networks that no machine is connected to.")
final class NetworkPruneCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private PruneOptions options = new PruneOptions();

    NetworkPruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return NetworkCommand.telling(session, this::prune);
    }

    private void prune() {
        NetworkFilter filter = NetworkFilter.ofPrune(options.filters());
        Harness harness = session.harness();
        if (options.agreed(session, "This will remove all custom networks not used by at least one container.")) {
            PruneReport report = new PruneReport(session.out(), harness.events());
            report.tell("Networks", harness.networks().prune(filter::fits), 0);
        }
    }
}
