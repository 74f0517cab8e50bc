package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what has changed in a container since it was made. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Show what has changed in a container since it was made: A for added, C for changed, D for deleted.")
final class DiffCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CONTAINER", description = "The container, by name or id.")
    private String name;

    DiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try {
            Harness harness = session.harness();
            harness.files()
                    .diff(harness.containers().get(name))
                    .forEach((path, kind) -> session.out().println(kind.name().charAt(0) + " " + path));
            return ExitStatus.OK;
        } catch (HarnessException e) {
            session.tell(e);
            return ExitStatus.PARTIAL;
        }
    }
}
