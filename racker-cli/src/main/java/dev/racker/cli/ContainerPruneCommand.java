package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes the containers that do not run. */
@Command(name = "prune", mixinStandardHelpOptions = true, description = "Remove all containers that do not run.")
final class ContainerPruneCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private PruneOptions options = new PruneOptions();

    ContainerPruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Harness harness = session.harness();
        return NetworkCommand.telling(session, () -> prune(harness));
    }

    private void prune(Harness harness) {
        ContainerFilter filter = ContainerFilter.ofPrune(harness, options.filters());
        if (options.agreed(session, "This will remove all stopped containers.")) {
            PruneReport report = new PruneReport(session.out(), harness.events());
            new StoppedContainers(harness, new ContainerSizes(harness)).remove(filter, report);
            report.total();
        }
    }
}
