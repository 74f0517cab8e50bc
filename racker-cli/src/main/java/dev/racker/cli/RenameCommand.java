package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a container another name. */
@Command(name = "rename", mixinStandardHelpOptions = true, description = "Give a container another name.")
final class RenameCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container, by name or id.")
    private String container;

    @Parameters(index = "1", paramLabel = "NAME", description = "The new name.")
    private String name;

    RenameCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Containers containers = session.harness().containers();
        return NetworkCommand.telling(session, () -> containers.rename(containers.get(container), name));
    }
}
