package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.host.Tool;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Stops containers and starts them again. */
@Command(name = "restart", mixinStandardHelpOptions = true, description = "Stop containers and start them again.")
final class RestartCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private StopOptions options = new StopOptions();

    @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "The container, by name or id.")
    private List<String> names;

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
        return new EachContainer(session).apply(names, record -> {
            options.stop(containers, record);
            containers.startedByHand(record);
            harness.launcher().start(record, SelfCommand.start());
            harness.events().container("restart", record);
        });
    }
}
