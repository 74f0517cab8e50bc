package dev.racker.harness.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Machines are children of this process in cgroups of their own; for hosts without systemd. */
public final class DirectPlane implements Plane {

    private final List<Path> hierarchies;

    /**
     * Takes the root of the host's file system and finds the cgroup hierarchies that a machine must have a place in:
     * the unified one, and beside it, when v1 controllers are in use, the one that systemd keeps by name.
     */
    public DirectPlane(Path root) {
        Path cgroup = root.resolve("sys/fs/cgroup");
        hierarchies = Files.exists(cgroup.resolve("cgroup.procs"))
                ? List.of(cgroup)
                : List.of(cgroup.resolve("systemd"), cgroup.resolve("unified"));
    }

    @Override
    public String word() {
        return "direct";
    }

    @Override
    public boolean registers() {
        return false;
    }

    /** One of its own for each machine: machines that share a cgroup kill each other's units. */
    @Override
    public List<String> cgroups(String id) {
        List<String> directories = new ArrayList<>(2);
        for (Path hierarchy : hierarchies) {
            if (Files.isDirectory(hierarchy)) {
                directories.add(hierarchy.resolve("racker-" + id).toString());
            }
        }
        return directories;
    }

    /** In a session of its own, so that a Ctrl-C at the terminal reaches the payload and not the machine. */
    @Override
    public List<String> launch(MachineSpec spec, Supervisor supervisor) {
        List<String> command = new ArrayList<>(32);
        command.add("setsid");
        command.addAll(supervisor.run());
        return command;
    }
}
