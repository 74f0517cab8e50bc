package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes what nobody uses. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = "Remove containers that do not run, and the networks and images that nobody uses.")
final class SystemPruneCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-a", "--all"},
            description = "Remove the images with a name, too.")
    private boolean all;

    @Option(names = "--volumes", description = "Remove the volumes without a name that no container mounts, too.")
    private boolean volumes;

    @Mixin
    private PruneOptions options = new PruneOptions();

    SystemPruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Harness harness = session.harness();
        return NetworkCommand.telling(session, () -> prune(harness));
    }

    private void prune(Harness harness) {
        List<String> filters = options.filters();
        if (volumes && filters.stream().anyMatch(filter -> filter.startsWith("until="))) {
            throw new HarnessException(
                    "Tried to remove what is old, but the \"until\" filter is not supported with \"--volumes\".",
                    "Leave one of them out, and remove volumes with racker volume prune.");
        }
        ContainerFilter containers = ContainerFilter.ofPrune(harness, filters);
        NetworkFilter networks = NetworkFilter.ofPrune(filters);
        UnusedImages images = new UnusedImages(harness.images(), filters, all);
        if (!options.agreed(session, warning())) {
            return;
        }
        PruneReport report = new PruneReport(session.out(), harness.events());
        new StoppedContainers(harness, new ContainerSizes(harness)).remove(containers, report);
        report.tell("Networks", harness.networks().prune(networks::fits), 0);
        if (volumes) {
            new UnusedVolumes(harness.volumes(), filters, false).remove(report);
        }
        images.remove(report);
        report.total();
    }

    private String warning() {
        StringBuilder warning = new StringBuilder("This will remove:\n")
                .append("  - all stopped containers\n")
                .append("  - all networks not used by at least one container\n")
                .append(volumes ? "  - all anonymous volumes not used by at least one container\n" : "")
                .append(all ? "  - all images without at least one container associated to them\n" : "")
                .append(all ? "" : "  - all dangling images\n");
        if (!options.filters().isEmpty()) {
            warning.append("\n  Items to be pruned will be filtered with:\n");
            options.filters()
                    .forEach(each -> warning.append("  - ").append(each).append('\n'));
        }
        return warning.toString();
    }
}
