package dev.racker.harness.machine;

import java.util.List;

/** How machines are started and supervised on this host: the only thing that differs between hosts. */
public sealed interface Plane permits DirectPlane, MachinedPlane {

    /** The word that the supervisor knows this control plane by. */
    String word();

    /** Says whether systemd-machined knows the machines. */
    boolean registers();

    /** The directories of the cgroup that the supervisor makes for the machine of this id; empty when a unit is its cgroup. */
    List<String> cgroups(String id);

    /** Wraps the command line of a supervisor into what this process starts. */
    List<String> launch(MachineSpec spec, Supervisor supervisor);
}
