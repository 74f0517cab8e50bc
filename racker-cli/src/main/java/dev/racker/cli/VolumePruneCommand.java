package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes volumes that no container mounts. */
@Command(name = "prune", mixinStandardHelpOptions = true, description = "Remove volumes that no container mounts.")
final class VolumePruneCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-a", "--all"},
            description = "Remove those that have names, too; --filter all=true means the same.")
    private boolean all;

    @Mixin
    private PruneOptions options = new PruneOptions();

    VolumePruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return NetworkCommand.telling(session, this::prune);
    }

    private void prune() {
        Harness harness = session.harness();
        boolean named = all
                || options.filters().contains("all=true")
                || options.filters().contains("all=1");
        UnusedVolumes unused = new UnusedVolumes(harness.volumes(), options.filters(), named);
        String warning = "This will remove " + (named ? "all" : "anonymous")
                + " local volumes not used by at least one container.";
        if (options.agreed(session, warning)) {
            PruneReport report = new PruneReport(session.out(), harness.events());
            unused.remove(report);
            report.total();
        }
    }
}
