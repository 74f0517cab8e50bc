package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.NoSuchContainerException;
import dev.racker.harness.Session;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Values;
import dev.racker.harness.store.ContainerRecord;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Removes containers. */
@Command(name = "rm", mixinStandardHelpOptions = true, description = "Remove containers that do not run.")
final class RmCommand extends DeclaredCommand {

    private final Session session;

    private final Flag force = flag("-f, --force", "Kill those that run, and do not mind those that are not there.");

    private final Flag volumes =
            flag("-v, --volumes", "Remove the volumes too that were made for them and have no name.");

    private final Values<String> containers = words("CONTAINER", 1, "The container, by name or id.");

    RmCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Containers all = session.harness().containers();
        return new EachContainer(session)
                .apply(force.isSet() ? there(all) : containers.list(), record -> remove(all, record));
    }

    /** As docker does: what is not there is told, and is no failure. */
    private List<String> there(Containers all) {
        List<String> there = new ArrayList<>();
        for (String name : containers.list()) {
            if (all.find(name).isPresent()) {
                there.add(name);
            } else {
                session.tell(new NoSuchContainerException(name));
            }
        }
        return there;
    }

    private void remove(Containers all, ContainerRecord record) {
        if (volumes.isSet()) {
            all.removeWithVolumes(record, force.isSet());
        } else {
            all.remove(record, force.isSet());
        }
    }
}
