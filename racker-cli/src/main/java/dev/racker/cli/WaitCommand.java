package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Values;
import picocli.CommandLine.Command;

/** Waits for the end of containers. */
@Command(
        name = "wait",
        mixinStandardHelpOptions = true,
        description = "Wait until containers have ended, and print their exit statuses.")
final class WaitCommand extends DeclaredCommand {

    private final Session session;

    private final Values<String> names = words("CONTAINER", 1, "The container, by name or id.");

    WaitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Containers containers = session.harness().containers();
        int status = ExitStatus.OK;
        for (String name : names.list()) {
            try {
                session.out().println(containers.await(containers.get(name)));
            } catch (HarnessException e) {
                session.tell(e);
                status = ExitStatus.PARTIAL;
            }
        }
        return status;
    }
}
