package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Waits for the end of containers. */
@Command(
        name = "wait",
        mixinStandardHelpOptions = true,
        description = "Wait until containers have ended, and print their exit statuses.")
final class WaitCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "The container, by name or id.")
    private List<String> names;

    WaitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Containers containers = session.harness().containers();
        int status = ExitStatus.OK;
        for (String name : names) {
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
