package dev.racker.cli;

import dev.racker.harness.Session;
import dev.racker.harness.Volumes;
import dev.racker.harness.console.ByteSize;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.Volume;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes volumes that no container mounts. */
@Command(name = "prune", mixinStandardHelpOptions = true, description = "Remove volumes that no container mounts.")
final class VolumePruneCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-a", "--all"},
            description = "Remove those that have names, too.")
    private boolean all;

    @Option(
            names = "--filter",
            paramLabel = "label=KEY[=VALUE]",
            description = "Remove only these; or label!=KEY[=VALUE].")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = {"-f", "--force"},
            description = "Do not ask.")
    private boolean force;

    VolumePruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try {
            prune();
            return ExitStatus.OK;
        } catch (HarnessException e) {
            session.tell(e);
            return ExitStatus.PARTIAL;
        }
    }

    private void prune() {
        Volumes volumes = session.harness().volumes();
        VolumeFilter filter = new VolumeFilter(filters, Set.of("label", "label!", "all"), volumes::isUsed);
        boolean named = all || filters.contains("all=true") || filters.contains("all=1");
        if (!force && !isConfirmed(named)) {
            return;
        }
        List<String> removed = new ArrayList<>();
        long bytes = 0;
        for (Volume volume : volumes.list()) {
            if ((named || volume.isAnonymous()) && filter.fits(volume) && !volumes.isUsed(volume)) {
                long size = volumes.size(volume);
                if (volumes.removeUnused(volume.name())) {
                    removed.add(volume.name());
                    bytes += size;
                }
            }
        }
        if (!removed.isEmpty()) {
            session.out().println("Deleted Volumes:");
            removed.forEach(session.out()::println);
            session.out().println();
        }
        session.out().println("Total reclaimed space: " + ByteSize.text(bytes));
    }

    private boolean isConfirmed(boolean named) {
        session.out()
                .print("WARNING! This will remove " + (named ? "all" : "anonymous")
                        + " local volumes not used by at least one container.\n"
                        + "Are you sure you want to continue? [y/N] ");
        session.out().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in)).readLine();
            return answer != null && (answer.strip().equalsIgnoreCase("y"));
        } catch (IOException e) {
            throw new HarnessException("Tried to read the answer, but: " + e.getMessage() + ".", "Use --force.", e);
        }
    }
}
