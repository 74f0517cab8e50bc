package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes images that nobody needs. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = "Remove images without a name that no container uses.")
final class ImagePruneCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-a", "--all"},
            description = "Remove those with a name, too; --filter dangling=false means the same.")
    private boolean all;

    @Mixin
    private PruneOptions options = new PruneOptions();

    ImagePruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Harness harness = session.harness();
        return NetworkCommand.telling(session, () -> prune(harness));
    }

    private void prune(Harness harness) {
        List<String> rest = new ArrayList<>(options.filters());
        rest.removeIf(filter -> filter.startsWith("dangling="));
        boolean named = all
                || !new ImageFilter(options.filters(), ImageFilter.OF_PRUNE, harness::images).flag("dangling", true);
        UnusedImages unused = new UnusedImages(harness.images(), rest, named);
        String what = named ? "images without at least one container associated to them" : "dangling images";
        if (options.agreed(session, "This will remove all " + what + ".")) {
            PruneReport report = new PruneReport(session.out(), harness.events());
            unused.remove(report);
            report.total();
        }
    }
}
