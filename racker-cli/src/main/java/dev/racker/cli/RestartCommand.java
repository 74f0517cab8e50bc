package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.host.Tool;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Values;
import picocli.CommandLine.Command;

/** Stops containers and starts them again. */
@Command(name = "restart", mixinStandardHelpOptions = true, description = "Stop containers and start them again.")
final class RestartCommand extends DeclaredCommand {

    private final Session session;

    private final StopOptions options = include(new StopOptions());

    private final Values<String> names = words("CONTAINER", 1, "The container, by name or id.");

    RestartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::restart);
    }

    private int restart(Signals signals) {
        Harness harness = session.harness(Tool.SYSTEMD_NSPAWN);
        Containers containers = harness.containers();
        return new EachContainer(session).apply(names.list(), record -> {
            options.stop(containers, record);
            containers.startedByHand(record);
            harness.launcher().start(record, SelfCommand.start());
            harness.events().container("restart", record);
        });
    }
}
