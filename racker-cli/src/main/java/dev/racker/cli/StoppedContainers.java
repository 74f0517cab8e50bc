package dev.racker.cli;

import dev.racker.harness.ContainerState;
import dev.racker.harness.Containers;
import dev.racker.harness.Harness;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.ContainerRecord;
import java.util.ArrayList;
import java.util.List;

/** The containers that do not run, and are not about to, to be removed. */
final class StoppedContainers {

    private final Harness harness;
    private final ContainerSizes room;

    StoppedContainers(Harness harness, ContainerSizes room) {
        this.harness = harness;
        this.room = room;
    }

    /** Whether it could be removed now. */
    static boolean isStopped(ContainerState state) {
        return state.status() == ContainerState.Status.CREATED || state.status() == ContainerState.Status.EXITED;
    }

    /** Removes those that fit, and tells which. */
    void remove(ContainerFilter filter, PruneReport report) {
        Containers containers = harness.containers();
        List<String> removed = new ArrayList<>();
        long bytes = 0;
        for (ContainerRecord record : containers.list()) {
            ContainerState state = containers.state(record);
            if (!isStopped(state) || !filter.fits(record, state)) {
                continue;
            }
            long written = room.written(record);
            try {
                containers.remove(record, false);
            } catch (HarnessException e) {
                continue; // somebody has started it meanwhile
            }
            removed.add(record.id());
            bytes += written;
        }
        report.tell("Containers", removed, bytes);
    }
}
