package dev.racker.cli;

import dev.racker.harness.ContainerOptions;
import dev.racker.harness.Containers;
import dev.racker.harness.Harness;
import dev.racker.harness.RestartPolicy;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.Unenforced;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Value;
import dev.racker.harness.store.ContainerRecord;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Changes the limits of containers, of those that run at once. */
@Command(name = "update", mixinStandardHelpOptions = true, description = "Change the limits of containers.")
final class UpdateCommand extends DeclaredCommand {

    private final Session session;

    private final LimitOptions limitOptions = include(new LimitOptions());

    private final Value<String> restart = text("--restart", "POLICY", "Start it again by another policy.");

    @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "The container, by name or id.")
    private List<String> names;

    UpdateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        RestartPolicy policy = restart.given() == null ? null : RestartPolicy.parse(restart.given());
        if (!limitOptions.areGiven() && policy == null) {
            throw new HarnessException(
                    "Tried to update " + String.join(", ", names) + ", but nothing was to be changed.",
                    "Give a limit, such as --memory=512m.");
        }
        Harness harness = session.harness();
        return new EachContainer(session).apply(names, record -> update(harness, record, policy));
    }

    private void update(Harness harness, ContainerRecord record, RestartPolicy policy) {
        Containers containers = harness.containers();
        ContainerOptions options = containers.options(record);
        if (policy != null && options.ephemeral() && policy.kind() != RestartPolicy.Kind.NO) {
            throw new HarnessException(
                    "Tried to let container " + record.name() + " be started again, but it is removed when it ends.",
                    "Run it without --rm.");
        }
        boolean running = containers.state(record).isRunning();
        Limits limits = limitOptions.changing(options.limits());
        if (limitOptions.areGiven()) {
            for (Unenforced limit : harness.limits().unenforced(limits, List.of())) {
                session.err().println("racker: warning: " + limit.message());
            }
            if (running) {
                harness.limits().change(containers.running(record).machine().spec(), limits);
            }
        }
        ContainerOptions changed = options.limitedTo(limits);
        if (policy != null) {
            changed = changed.living(options.lifecycle().restarting(policy));
        }
        containers.configure(record, changed);
        if (running && policy != null) {
            harness.launcher().restartBy(record, policy, SelfCommand.start());
        }
        harness.events().container("update", record);
    }
}
