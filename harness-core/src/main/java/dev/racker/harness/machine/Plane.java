package dev.racker.harness.machine;

import dev.racker.harness.process.CommandRunner;
import java.util.List;

/** How machines are started and supervised on this host: the only thing that differs between hosts. */
public sealed interface Plane permits DirectPlane, MachinedPlane {

    /** The word that the supervisor knows this control plane by. */
    String word();

    /** Says whether systemd-machined knows the machines. */
    boolean registers();

    /** The directories of the cgroup that the supervisor makes for a machine; empty when a unit is its cgroup. */
    List<String> cgroups(MachineSpec spec);

    /** What the supervisor writes to files of these cgroups before anybody is in them. */
    List<CgroupSetting> settings(MachineSpec spec);

    /** What this host cannot enforce of these limits, and of the access to these devices. */
    List<Unenforced> unenforced(Limits limits, List<Device> devices);

    /** Gives a machine that runs the limits of this specification. */
    void change(MachineSpec spec, CommandRunner runner);

    /** Wraps the command line of a supervisor into what this process starts. */
    List<String> launch(MachineSpec spec, Supervisor supervisor);
}
