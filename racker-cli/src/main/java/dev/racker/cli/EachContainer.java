package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.ContainerRecord;
import java.util.List;
import java.util.function.Consumer;

/** Does the same to each container that was named; the failure of one does not stop the others. */
final class EachContainer {

    private final Session session;

    EachContainer(Session session) {
        this.session = session;
    }

    /** Prints the name as it was typed after each success. */
    int apply(List<String> names, Consumer<ContainerRecord> action) {
        Containers containers = session.harness().containers();
        int status = ExitStatus.OK;
        for (String name : names) {
            try {
                action.accept(containers.get(name));
                session.out().println(name);
            } catch (HarnessException e) {
                session.tell(e);
                status = ExitStatus.PARTIAL;
            }
        }
        return status;
    }
}
