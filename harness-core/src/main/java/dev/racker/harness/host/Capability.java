package dev.racker.harness.host;

import java.util.ArrayList;
import java.util.List;

/** The capabilities(7) that root needs for running machines; containers often lack some. */
public enum Capability {
    /** Owners of unpacked files. */
    CAP_CHOWN(0),
    /** Files of every owner. */
    CAP_DAC_OVERRIDE(1),
    /** Modes and times of files of every owner. */
    CAP_FOWNER(3),
    /** Ending machines whose processes have shifted users. */
    CAP_KILL(5),
    /** Becoming another group. */
    CAP_SETGID(6),
    /** Becoming another user. */
    CAP_SETUID(7),
    /** Taking capabilities away from a machine. */
    CAP_SETPCAP(8),
    /** Network links, addresses and NAT. */
    CAP_NET_ADMIN(12),
    /** Changing the root directory. */
    CAP_SYS_CHROOT(18),
    /** Entering the namespaces of a machine's processes. */
    CAP_SYS_PTRACE(19),
    /** Mounts and namespaces. */
    CAP_SYS_ADMIN(21),
    /** Device nodes, and the whiteouts of layers. */
    CAP_MKNOD(27),
    /** File capabilities of unpacked files. */
    CAP_SETFCAP(31);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** Those that an effective set, as proc_pid_status(5) writes it in hexadecimal, lacks. */
    static List<Capability> missingFrom(String effective) {
        long set = effective.isEmpty() ? 0 : Long.parseUnsignedLong(effective, 16);
        List<Capability> missing = new ArrayList<>();
        for (Capability capability : values()) {
            if ((set >>> capability.bit & 1) == 0) {
                missing.add(capability);
            }
        }
        return missing;
    }
}
