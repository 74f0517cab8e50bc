package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.ImageRemoval;
import dev.racker.harness.Session;
import dev.racker.harness.console.ByteSize;
import dev.racker.harness.error.HarnessException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
            description = "Remove those with a name, too.")
    private boolean all;

    @Option(
            names = {"-f", "--force"},
            description = "Do not ask.")
    private boolean force;

    @Option(
            names = "--filter",
            paramLabel = "NAME=VALUE",
            description = "Remove only those that fit: label=KEY[=VALUE], label!=KEY[=VALUE], until=TIME, "
                    + "dangling=true|false. May be repeated.")
    private List<String> filters = new ArrayList<>();

    ImagePruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Harness harness = session.harness();
        List<String> rest = new ArrayList<>(filters);
        rest.removeIf(filter -> filter.startsWith("dangling="));
        boolean named = all || !new ImageFilter(filters, ImageFilter.OF_PRUNE, harness::images).flag("dangling", true);
        ImageFilter filter = new ImageFilter(rest, ImageFilter.OF_PRUNE, harness::images);
        if (!force && !isConfirmed(named)) {
            return ExitStatus.OK;
        }
        ImageRemoval.Pruned pruned =
                harness.images().prune(image -> (named || ImageName.isUntagged(image)) && filter.test(image));
        if (!pruned.lines().isEmpty()) {
            session.out().println("Deleted Images:");
            pruned.lines()
                    .forEach(line ->
                            session.out().println(line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1)));
            session.out().println();
        }
        session.out().println("Total reclaimed space: " + ByteSize.text(pruned.bytes()));
        return ExitStatus.OK;
    }

    private boolean isConfirmed(boolean named) {
        session.out()
                .print("WARNING! This will remove all "
                        + (named ? "images without at least one container associated to them" : "dangling images")
                        + ".\nAre you sure you want to continue? [y/N] ");
        session.out().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().equalsIgnoreCase("y");
        } catch (IOException e) {
            throw new HarnessException("Tried to read the answer, but: " + e.getMessage() + ".", "Use --force.", e);
        }
    }
}
