package dev.racker.harness;

import dev.racker.harness.machine.Machine;
import dev.racker.harness.store.ContainerRecord;
import java.nio.file.Path;
import java.util.List;

/**
 * A container whose machine runs, whoever has started it.
 *
 * @param record what is written down about it
 * @param options what it was made with
 * @param machine its machine
 * @param cgroups the directories of its cgroup, one in each hierarchy, the unified one first
 */
public record RunningContainer(ContainerRecord record, ContainerOptions options, Machine machine, List<Path> cgroups) {

    /** The process id of the machine's init, or of what runs instead, in the host's numbering. */
    public long leader() {
        return machine.leader();
    }

    /** The machine's root as the host sees it; links in it lead astray. */
    public Path root() {
        return Path.of("/proc/" + leader() + "/root");
    }
}
