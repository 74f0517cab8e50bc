package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.console.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes the containers that do not run. */
@Command(name = "prune", mixinStandardHelpOptions = true, description = "Remove all containers that do not run.")
final class ContainerPruneCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--force"},
            description = "Do not ask.")
    private boolean force;

    @Option(
            names = "--filter",
            paramLabel = "NAME=VALUE",
            description = "Remove only these: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE].")
    private List<String> filters = new ArrayList<>();

    ContainerPruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Harness harness = session.harness();
        return NetworkCommand.telling(session, () -> prune(harness));
    }

    private void prune(Harness harness) {
        ContainerFilter filter = ContainerFilter.ofPrune(harness, filters);
        if (force || new Confirmation(session).isGiven("This will remove all stopped containers.")) {
            long bytes = new StoppedContainers(harness, new ContainerSizes(harness, session.runner()))
                    .remove(filter, session.out());
            session.out().println("Total reclaimed space: " + ByteSize.text(bytes));
        }
    }
}
