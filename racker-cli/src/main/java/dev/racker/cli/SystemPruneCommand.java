package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.ImageRemoval;
import dev.racker.harness.Session;
import dev.racker.harness.Volumes;
import dev.racker.harness.console.ByteSize;
import dev.racker.harness.store.Volume;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(
            names = {"-f", "--force"},
            description = "Do not ask.")
    private boolean force;

    @Option(names = "--volumes", description = "Remove the volumes without a name that no container mounts, too.")
    private boolean volumes;

    @Option(
            names = "--filter",
            paramLabel = "NAME=VALUE",
            description = "Remove only these: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE].")
    private List<String> filters = new ArrayList<>();

    SystemPruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Harness harness = session.harness();
        return NetworkCommand.telling(session, () -> prune(harness));
    }

    private void prune(Harness harness) {
        ContainerFilter containers = ContainerFilter.ofPrune(harness, filters);
        NetworkFilter networks = new NetworkFilter(filters, Set.of("until", "label", "label!"), network -> false);
        ImageFilter images = new ImageFilter(filters, ImageFilter.OF_PRUNE, harness::images);
        if (!force && !new Confirmation(session).isGiven(warning())) {
            return;
        }
        PrintStream out = session.out();
        long bytes =
                new StoppedContainers(harness, new ContainerSizes(harness, session.runner())).remove(containers, out);
        list("Deleted Networks:", harness.networks().users().prune(networks::fits));
        if (volumes) {
            bytes += volumes(harness.volumes());
        }
        ImageRemoval.Pruned pruned =
                harness.images().prune(image -> (all || ImageName.isUntagged(image)) && images.test(image));
        list("Deleted Images:", pruned.lines());
        out.println("Total reclaimed space: " + ByteSize.text(bytes + pruned.bytes()));
    }

    private String warning() {
        return "This will remove:\n"
                + "  - all stopped containers\n"
                + "  - all networks not used by at least one container\n"
                + (volumes ? "  - all anonymous volumes not used by at least one container\n" : "")
                + (all
                        ? "  - all images without at least one container associated to them\n"
                        : "  - all dangling images\n");
    }

    private void list(String heading, List<String> removed) {
        if (!removed.isEmpty()) {
            session.out().println(heading);
            removed.forEach(session.out()::println);
            session.out().println();
        }
    }

    private long volumes(Volumes all) {
        VolumeFilter filter = new VolumeFilter(
                filters.stream().filter(each -> !each.startsWith("until=")).toList(),
                Set.of("label", "label!"),
                all::isUsed);
        List<String> removed = new ArrayList<>();
        long bytes = 0;
        for (Volume volume : all.list()) {
            if (volume.isAnonymous() && filter.fits(volume) && !all.isUsed(volume)) {
                long size = all.size(volume);
                if (all.removeUnused(volume.name())) {
                    removed.add(volume.name());
                    bytes += size;
                }
            }
        }
        list("Deleted Volumes:", removed);
        return bytes;
    }
}
