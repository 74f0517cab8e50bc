package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kernel parameters that belong to a machine and not to its host: those of its network and of its System V IPC. */
final class Sysctls {

    private static final List<String> OF_IPC = List.of(
            "kernel.msgmax",
            "kernel.msgmnb",
            "kernel.msgmni",
            "kernel.sem",
            "kernel.shmall",
            "kernel.shmmax",
            "kernel.shmmni",
            "kernel.shm_rmid_forced");

    private static final String WRITE = "while [ $# -gt 0 ]; do echo \"$2\" >\"/proc/sys/$1\" || exit; shift 2; done";

    private Sysctls() {}

    /**
     * Refuses what is not the machine's own, as docker does.
     *
     * @param privateNetwork whether the machine has a network of its own
     */
    static void check(Map<String, String> values, boolean privateNetwork) {
        for (String name : values.keySet()) {
            if (name.startsWith("net.") && !privateNetwork) {
                throw new HarnessException(
                        "Tried to set the kernel parameter \"" + name
                                + "\", but on the host's network that is the host's.",
                        "Give the machine a network of its own, or set it on the host.");
            }
            if (!isPath(name) || !name.startsWith("net.") && !name.startsWith("fs.mqueue.") && !OF_IPC.contains(name)) {
                throw new HarnessException(
                        "Tried to set the kernel parameter \"" + name + "\", but that is the host's.",
                        "Only net.*, fs.mqueue.*, " + String.join(", ", OF_IPC) + " can be a machine's own.");
            }
        }
    }

    /** The kernel's own names hold no ".." and no empty part, see sysctl(8) for the slash that stands for a dot. */
    private static boolean isPath(String name) {
        return !name.contains("..") && !name.endsWith(".") && !name.contains("/../") && !name.endsWith("/..");
    }

    /**
     * Sets what is asked for in a machine that has just begun.
     *
     * @throws HarnessException when the kernel refuses it
     */
    static void set(CommandRunner runner, MachineSpec spec, long leader) {
        Map<String, String> values = spec.isolation().sysctls();
        if (values.isEmpty()) {
            return;
        }
        boolean shifted = spec.stack().owners() != 0;
        CommandResult result = runner.run(command(leader, values, shifted).expectAny());
        if (result.status() != 0 && shifted) {
            // Before Linux 5.19, those of IPC were the host's root's in every namespace.
            result = runner.run(command(leader, values, false).expectAny());
        }
        if (result.status() != 0) {
            throw new HarnessException(
                    "Tried to set kernel parameters of machine " + spec.name() + " ("
                            + String.join(", ", values.keySet()) + "), but: "
                            + result.errorText().strip(),
                    "See sysctl(8) for their names and values.");
        }
    }

    /** A program of the host that sets them in the namespaces of the machine, as its root or as the host's. */
    static Command command(long leader, Map<String, String> values, boolean asGuest) {
        List<String> command = new ArrayList<>(10 + 2 * values.size());
        command.add("nsenter");
        command.add("--target=" + leader);
        command.add("--net");
        command.add("--ipc");
        if (asGuest) {
            command.addAll(List.of("--user", "--setuid=0", "--setgid=0"));
        }
        command.add("--");
        command.add("/bin/sh");
        command.add("-c");
        command.add(WRITE);
        command.add("sh");
        values.forEach((name, value) -> {
            command.add(path(name));
            command.add(value);
        });
        return Command.of(command);
    }

    /** sysctl(8): a dot separates, and a slash in such a name stands for a dot, as in the name of an interface. */
    private static String path(String name) {
        StringBuilder path = new StringBuilder(name);
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            path.setCharAt(i, c == '.' ? '/' : c == '/' ? '.' : c);
        }
        return path.toString();
    }
}
