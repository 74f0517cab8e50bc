package dev.racker.cli;

import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.network.UserNetworks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes networks that no machine is connected to. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = "Remove all networks that no machine is connected to.")
final class NetworkPruneCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = "--filter",
            paramLabel = "NAME=VALUE",
            description = "Remove only these: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE].")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = {"-f", "--force"},
            description = "Do not ask.")
    private boolean force;

    NetworkPruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return NetworkCommand.telling(session, this::prune);
    }

    private void prune() {
        NetworkFilter filter = new NetworkFilter(filters, Set.of("until", "label", "label!"), network -> false);
        UserNetworks networks = session.harness().networks().users();
        if (!force && !isConfirmed()) {
            return;
        }
        List<String> removed = networks.prune(filter::fits);
        if (!removed.isEmpty()) {
            session.out().println("Deleted Networks:");
            removed.forEach(session.out()::println);
            session.out().println();
        }
    }

    private boolean isConfirmed() {
        session.out()
                .print("WARNING! This will remove all custom networks not used by at least one container.\n"
                        + "Are you sure you want to continue? [y/N] ");
        session.out().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in)).readLine();
            return answer != null && answer.strip().equalsIgnoreCase("y");
        } catch (IOException e) {
            throw new HarnessException("Tried to read the answer, but: " + e.getMessage() + ".", "Use --force.", e);
        }
    }
}
