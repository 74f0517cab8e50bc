package dev.racker.harness.machine;

import dev.racker.harness.host.Host;
import dev.racker.harness.process.CommandRunner;
import java.util.ArrayList;
import java.util.List;

/** Machines are transient units of the host's systemd, registered with systemd-machined. */
public final class MachinedPlane implements Plane {

    private final Host host;

    /** Takes the host, which tells of its controllers when there is something to limit. */
    public MachinedPlane(Host host) {
        this.host = host;
    }

    @Override
    public String word() {
        return "machined";
    }

    @Override
    public boolean registers() {
        return true;
    }

    @Override
    public List<String> cgroups(MachineSpec spec) {
        return List.of();
    }

    @Override
    public void change(MachineSpec spec, CommandRunner runner) {
        List<String> properties =
                UnitLimits.of(host.cgroups(), spec.limits(), List.of()).properties();
        if (!properties.isEmpty()) {
            new LimitChange(spec).set(properties, runner);
        }
    }

    @Override
    public List<CgroupSetting> settings(MachineSpec spec) {
        return List.of();
    }

    @Override
    public List<Unenforced> unenforced(Limits limits, List<Device> devices) {
        return UnitLimits.of(host.cgroups(), limits, devices).unenforced();
    }

    /**
     * Type=exec and not Type=notify: the notify messages go to this process, which learns the leader's process id
     * from the first one and sets up the network while the guest boots. ExecStopPost cleans up when the supervisor
     * was killed with everything else.
     */
    @Override
    public List<String> launch(MachineSpec spec, Supervisor supervisor) {
        List<String> command = new ArrayList<>(48);
        command.add("setsid"); // a Ctrl-C at the terminal must not reach the one that waits for the unit
        command.add("systemd-run");
        command.add("--quiet");
        command.add("--collect");
        command.add("--wait");
        command.add("--pipe");
        command.add("--unit=" + unit(spec.id()));
        command.add("--description=Machine " + spec.name());
        command.add("--slice=machine.slice");
        command.add("--property=Type=exec");
        command.add("--property=Delegate=yes");
        command.add("--property=KillMode=mixed");
        command.add("--property=TimeoutStopSec=20s");
        command.add("--property=TasksMax=16384");
        if (!spec.limits().isNone() || !spec.isolation().devices().isEmpty()) {
            for (String property : UnitLimits.of(
                            host.cgroups(), spec.limits(), spec.isolation().devices())
                    .properties()) {
                command.add("--property=" + property);
            }
        }
        // Usually all is clean by now, and the shell would say so on the payload's standard error.
        String script = Supervisor.cleanScript(spec.place().run()).toString();
        command.add("--property=ExecStopPost=-/bin/sh -c '[ ! -e " + script + " ] || exec /bin/sh " + script + "'");
        command.add("--");
        for (String argument : supervisor.run()) {
            command.add(escape(argument));
        }
        return command;
    }

    /** systemd expands variables in the arguments of a command; a doubled dollar sign is a plain one. */
    private static String escape(String argument) {
        return argument.replace("$", "$$");
    }

    static String unit(String id) {
        return "racker-" + id + ".service";
    }
}
