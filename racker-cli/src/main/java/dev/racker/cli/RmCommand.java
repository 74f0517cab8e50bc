package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.NoSuchContainerException;
import dev.racker.harness.Session;
import dev.racker.harness.store.ContainerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes containers. */
@Command(name = "rm", mixinStandardHelpOptions = true, description = "Remove containers that do not run.")
final class RmCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--force"},
            description = "Kill those that run, and do not mind those that are not there.")
    private boolean force;

    @Option(
            names = {"-v", "--volumes"},
            description = "Remove the volumes too that were made for them and have no name.")
    private boolean volumes;

    @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "The container, by name or id.")
    private List<String> containers;

    RmCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Containers all = session.harness().containers();
        return new EachContainer(session).apply(force ? there(all) : containers, record -> remove(all, record));
    }

    /** As docker does: what is not there is told, and is no failure. */
    private List<String> there(Containers all) {
        List<String> there = new ArrayList<>();
        for (String name : containers) {
            if (all.find(name).isPresent()) {
                there.add(name);
            } else {
                session.tell(new NoSuchContainerException(name));
            }
        }
        return there;
    }

    private void remove(Containers all, ContainerRecord record) {
        if (volumes) {
            all.removeWithVolumes(record, force);
        } else {
            all.remove(record, force);
        }
    }
}
