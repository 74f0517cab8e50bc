package dev.racker.harness.machine;

import dev.racker.harness.overlay.LayerStack;
import java.util.ArrayList;
import java.util.List;

/** Turns a specification into the command line of systemd-nspawn(1); pure. */
public final class NspawnArguments {

    private NspawnArguments() {}

    /** What stands in front of the program, for what it has no argument for; usually nothing. */
    static List<String> prefix(Isolation isolation) {
        if (isolation.oomScore() == 0 && !isolation.unconfined()) {
            return List.of();
        }
        List<String> prefix = new ArrayList<>(6);
        if (isolation.oomScore() != 0) {
            // --oom-score-adjust= is refused in a user namespace (systemd 252).
            prefix.addAll(List.of("choom", "-n", Integer.toString(isolation.oomScore()), "--"));
        }
        if (isolation.unconfined()) {
            prefix.addAll(List.of("env", "SYSTEMD_SECCOMP=0"));
        }
        return prefix;
    }

    /** The program and its arguments; {@code registered} says whether machined shall know the machine. */
    public static List<String> of(MachineSpec spec, boolean registered) {
        List<String> arguments = new ArrayList<>(32);
        arguments.add("systemd-nspawn");
        arguments.add("--quiet");
        arguments.add("--directory=" + spec.place().root());
        arguments.add("--machine=" + spec.name());
        arguments.add("--hostname=" + spec.hostname());
        arguments.add("--keep-unit");
        if (!registered) {
            arguments.add("--register=no");
        }
        arguments.add("--settings=no");
        arguments.add("--link-journal=no");
        arguments.add("--resolv-conf=off");
        arguments.add("--timezone=off");
        isolation(spec, arguments);
        restrictions(spec, registered, arguments);
        for (Bind bind : spec.binds()) {
            arguments.add(bind(bind, spec.stack().owners() != 0));
        }
        for (Tmpfs tmpfs : spec.tmpfs()) {
            String options = tmpfs.options().isEmpty() ? "" : ":" + tmpfs.options();
            arguments.add("--tmpfs=" + escape(tmpfs.target()) + options);
        }
        if (spec.boots()) {
            arguments.add("--boot");
            arguments.add("--notify-ready=yes");
            arguments.add("--console=read-only");
        } else {
            payload(spec.payload().orElseThrow(), leftToStart(spec), arguments);
        }
        return arguments;
    }

    private static void isolation(MachineSpec spec, List<String> arguments) {
        int owners = spec.stack().owners();
        if (owners == 0) {
            arguments.add("--private-users=no");
        } else {
            arguments.add("--private-users=" + owners + ":" + LayerStack.OWNER_COUNT);
            arguments.add("--private-users-ownership=off");
        }
        if (spec.isolation().privateNetwork()) {
            arguments.add("--private-network");
        }
        if (spec.isolation().privileged()) {
            arguments.add("--capability=all");
        }
    }

    private static void restrictions(MachineSpec spec, boolean registered, List<String> arguments) {
        Isolation isolation = spec.isolation();
        if (isolation.readOnly()) {
            arguments.add("--read-only");
        }
        if (isolation.noNewPrivileges()) {
            arguments.add("--no-new-privileges=yes");
        }
        if (!isolation.addedCapabilities().isEmpty()
                || !isolation.droppedCapabilities().isEmpty()) {
            Capabilities.arguments(
                    isolation.addedCapabilities(), isolation.droppedCapabilities(), leftToStart(spec), arguments);
        }
        if (isolation.seccomp().isPresent()) {
            isolation.seccomp().get().arguments(arguments);
        }
        for (Ulimit ulimit : isolation.ulimits()) {
            arguments.add("--rlimit=" + ulimit.rlimit());
        }
        if (isolation.sharedMemory() != 0) {
            arguments.add("--tmpfs=/dev/shm:mode=1777,size=" + isolation.sharedMemory());
        }
        int number = 0;
        for (Device device : isolation.devices()) {
            String node = spec.stack().owners() == 0 ? device.source().toString() : deviceNode(registered, number++);
            arguments.add("--bind=" + escape(node) + ":" + escape(device.target()));
        }
    }

    /** Where the supervisor makes a node for a device: in the file system in memory that ends with its mounts. */
    static String deviceNode(boolean registered, int number) {
        return (registered ? "/run/systemd/nspawn/locks/" : "/run/systemd/nspawn/") + "racker-device-" + number;
    }

    private static void payload(DirectPayload payload, List<String> drop, List<String> arguments) {
        arguments.add(payload.terminal() ? "--console=interactive" : "--console=pipe");
        if (payload.start().isPresent()) {
            started(payload, payload.start().get(), drop, arguments);
            return;
        }
        for (String variable : payload.environment()) {
            arguments.add("--setenv=" + variable);
        }
        arguments.add("--as-pid2");
        arguments.add("--");
        arguments.addAll(payload.arguments());
    }

    private static List<String> leftToStart(MachineSpec spec) {
        Isolation isolation = spec.isolation();
        return isolation.droppedCapabilities().isEmpty()
                        || spec.boots()
                        || spec.payload().get().start().isEmpty()
                ? List.of()
                : Capabilities.forStart(isolation.addedCapabilities(), isolation.droppedCapabilities());
    }

    private static void started(DirectPayload payload, PayloadStart start, List<String> drop, List<String> arguments) {
        arguments.add("--bind-ro=" + escape(start.toolbox().directory().toString()) + ":" + Toolbox.PLACE);
        arguments.add("--");
        arguments.addAll(start.first(payload, drop));
    }

    /** Id-mapped, so that each owner inside has the same number outside (systemd 252, Linux 5.12). */
    private static String bind(Bind bind, boolean shifted) {
        String option = bind.readOnly() ? "--bind-ro=" : "--bind=";
        String paths = escape(bind.source().toString()) + ":" + escape(bind.target());
        if (shifted && bind.mapped()) {
            return option + paths + ":norbind,idmap"; // systemd-nspawn cannot map a tree that something is mounted in
        }
        return option + paths + (bind.below() ? ":norbind" : "");
    }

    /** A colon separates, a backslash escapes it. */
    private static String escape(String path) {
        return path.replace("\\", "\\\\").replace(":", "\\:");
    }
}
