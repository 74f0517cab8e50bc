package dev.racker.harness.machine;

import dev.racker.harness.host.Host;
import dev.racker.harness.process.CommandRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Machines are children of this process in cgroups of their own; for hosts without systemd. */
public final class DirectPlane implements Plane {

    /**
     * Starts the supervisor and waits for it, until this process lets go of the machine by killing the one that waits: a
     * JVM that has a child needs 300 ms to exit, because a thread of it waits for that in the kernel.
     */
    private static final String WAIT_FOR_IT =
            "exec 3<&0; RACKER_OWNER=$PPID \"$@\" <&3 3<&- & exec </dev/null 3<&-; wait \"$!\"";

    private final Path root;
    private final Host host;
    private final List<Path> hierarchies;

    /**
     * Takes the root of the host's file system and finds the cgroup hierarchies that a machine must have a place in:
     * the unified one, and beside it, when v1 controllers are in use, the one that systemd keeps by name.
     *
     * @param host tells of its controllers when there is something to limit
     */
    public DirectPlane(Path root, Host host) {
        this.root = root;
        this.host = host;
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

    /**
     * One of its own for each machine: machines that share a cgroup kill each other's units. Controllers of version 1
     * are entered only for what is limited, and by machines that stay, for whoever looks how much they use, or that wait,
     * for whoever claims them with limits.
     */
    @Override
    public List<String> cgroups(MachineSpec spec) {
        String name = name(spec);
        List<String> directories = new ArrayList<>(8);
        for (Path hierarchy : hierarchies) {
            if (Files.isDirectory(hierarchy)) {
                directories.add(hierarchy.resolve(name).toString());
            }
        }
        if (isCounted(spec)) {
            directories.addAll(limits(spec).directories());
        }
        return directories;
    }

    @Override
    public List<CgroupSetting> settings(MachineSpec spec) {
        return isCounted(spec) ? limits(spec).settings() : List.of();
    }

    @Override
    public List<Unenforced> unenforced(Limits limits, List<Device> devices) {
        return limits("racker", limits, devices).unenforced();
    }

    @Override
    public void change(MachineSpec spec, CommandRunner runner) {
        new LimitChange(spec).write(limits(name(spec), spec.limits(), List.of()).settings());
    }

    private DirectLimits limits(String name, Limits limits, List<Device> devices) {
        return DirectLimits.of(root, host.cgroups(), name, limits, devices);
    }

    private DirectLimits limits(MachineSpec spec) {
        DirectLimits limits = limits(name(spec), spec.limits(), spec.isolation().devices());
        if (isInAll(spec)) {
            limits.addAccounting();
        }
        return limits;
    }

    private static boolean isInAll(MachineSpec spec) {
        return !spec.place().ephemeral()
                || StandbyMachine.isWaiting(spec.place().run());
    }

    private static boolean isCounted(MachineSpec spec) {
        return isInAll(spec)
                || !spec.limits().isNone()
                || !spec.isolation().devices().isEmpty();
    }

    private static String name(MachineSpec spec) {
        return "racker-" + spec.id();
    }

    /** In a session of its own, so that a Ctrl-C at the terminal reaches the payload and not the machine. */
    @Override
    public List<String> launch(MachineSpec spec, Supervisor supervisor) {
        List<String> command = new ArrayList<>(32);
        command.add("setsid");
        if (supervisor.isDetached()) {
            command.addAll(List.of("/bin/sh", "-c", WAIT_FOR_IT, "wait"));
        }
        command.addAll(supervisor.run());
        return command;
    }
}
