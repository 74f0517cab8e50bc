package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The names of capabilities(7), and what docker's options mean for the arguments of systemd-nspawn(1). */
final class Capabilities {

    private static final String ALL = "ALL";

    private static final List<String> NAMES = List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_DAC_READ_SEARCH",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_KILL",
            "CAP_SETGID",
            "CAP_SETUID",
            "CAP_SETPCAP",
            "CAP_LINUX_IMMUTABLE",
            "CAP_NET_BIND_SERVICE",
            "CAP_NET_BROADCAST",
            "CAP_NET_ADMIN",
            "CAP_NET_RAW",
            "CAP_IPC_LOCK",
            "CAP_IPC_OWNER",
            "CAP_SYS_MODULE",
            "CAP_SYS_RAWIO",
            "CAP_SYS_CHROOT",
            "CAP_SYS_PTRACE",
            "CAP_SYS_PACCT",
            "CAP_SYS_ADMIN",
            "CAP_SYS_BOOT",
            "CAP_SYS_NICE",
            "CAP_SYS_RESOURCE",
            "CAP_SYS_TIME",
            "CAP_SYS_TTY_CONFIG",
            "CAP_MKNOD",
            "CAP_LEASE",
            "CAP_AUDIT_WRITE",
            "CAP_AUDIT_CONTROL",
            "CAP_SETFCAP",
            "CAP_MAC_OVERRIDE",
            "CAP_MAC_ADMIN",
            "CAP_SYSLOG",
            "CAP_WAKE_ALARM",
            "CAP_BLOCK_SUSPEND",
            "CAP_AUDIT_READ",
            "CAP_PERFMON",
            "CAP_BPF",
            "CAP_CHECKPOINT_RESTORE");

    /** What systemd-nspawn(1) leaves to a machine, see its option --capability=. */
    private static final List<String> USUAL = List.of(
            "CAP_AUDIT_CONTROL",
            "CAP_AUDIT_WRITE",
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_DAC_READ_SEARCH",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_IPC_OWNER",
            "CAP_KILL",
            "CAP_LEASE",
            "CAP_LINUX_IMMUTABLE",
            "CAP_MKNOD",
            "CAP_NET_BIND_SERVICE",
            "CAP_NET_BROADCAST",
            "CAP_NET_RAW",
            "CAP_SETFCAP",
            "CAP_SETGID",
            "CAP_SETPCAP",
            "CAP_SETUID",
            "CAP_SYS_ADMIN",
            "CAP_SYS_BOOT",
            "CAP_SYS_CHROOT",
            "CAP_SYS_NICE",
            "CAP_SYS_PTRACE",
            "CAP_SYS_RESOURCE",
            "CAP_SYS_TTY_CONFIG");

    private static final List<String> START = List.of("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP");

    private Capabilities() {}

    /** Reads what users write, such as {@code net_admin}, CAP_NET_ADMIN or ALL, into one form. */
    static List<String> normalized(String option, List<String> names) {
        List<String> all = new ArrayList<>(names.size());
        for (String name : names) {
            String upper = name.toUpperCase(Locale.ROOT);
            String full = upper.equals(ALL) || upper.startsWith("CAP_") ? upper : "CAP_" + upper;
            if (!full.equals(ALL) && !NAMES.contains(full)) {
                throw new HarnessException(
                        "Tried to read " + option + " \"" + name + "\", but there is no such capability.",
                        "See capabilities(7), or use ALL.");
            }
            all.add(full);
        }
        return List.copyOf(all);
    }

    /**
     * What a machine has in the end.
     *
     * @param everything whether it is given all of them
     * @param privateNetwork whether it has a network of its own, which it may manage then
     */
    static Set<String> held(boolean everything, boolean privateNetwork, List<String> added, List<String> dropped) {
        Set<String> held = new TreeSet<>(everything || added.contains(ALL) ? NAMES : USUAL);
        if (privateNetwork) {
            held.add("CAP_NET_ADMIN");
        }
        held.addAll(added);
        held.removeAll(without(added, dropped));
        held.remove(ALL);
        return held;
    }

    /**
     * Those of what is dropped that it takes to become a payload's user, and that systemd-nspawn must leave to whoever
     * starts the payload.
     */
    static List<String> forStart(List<String> added, List<String> dropped) {
        List<String> needed = new ArrayList<>(START);
        needed.retainAll(without(added, dropped));
        return needed;
    }

    /** What systemd-nspawn is to drop: it lets that win over what is added, docker what is named over ALL. */
    private static List<String> without(List<String> added, List<String> dropped) {
        List<String> without = new ArrayList<>(dropped);
        if (without.remove(ALL) && !added.contains(ALL)) {
            without = new ArrayList<>(NAMES);
            without.removeAll(added);
        }
        return without;
    }

    /** The options of systemd-nspawn, which keeps what is left to others. */
    static void arguments(List<String> added, List<String> dropped, List<String> left, List<String> arguments) {
        boolean everything = added.contains(ALL);
        List<String> without = without(added, dropped);
        without.removeAll(left);
        if (everything) {
            arguments.add("--capability=all");
        } else if (!added.isEmpty()) {
            arguments.add("--capability=" + String.join(",", added));
        }
        if (!without.isEmpty()) {
            arguments.add("--drop-capability=" + String.join(",", without));
        }
    }
}
