package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What a device node stands for, see mknod(1).
 *
 * @param type {@code c} or {@code b}
 * @param major the number of its driver
 * @param minor the number of the device
 * @param mode the permissions of the node
 */
record DeviceNode(String type, long major, long minor, int mode) {

    private static final int KIND = 0170000;
    private static final int CHARACTER = 0020000;
    private static final int BLOCK = 0060000;

    /**
     * Looks at a node of the host.
     *
     * @throws HarnessException when there is none, or it is no device
     */
    static DeviceNode of(Path source) {
        try {
            int mode = (Integer) Files.getAttribute(source, "unix:mode");
            long number = (Long) Files.getAttribute(source, "unix:rdev");
            int kind = mode & KIND;
            if (kind == CHARACTER || kind == BLOCK) {
                // makedev(3), as glibc lays it out
                long major = number >> 8 & 0xfff | number >> 32 & ~0xfffL;
                long minor = number & 0xff | number >> 12 & ~0xffL;
                return new DeviceNode(kind == BLOCK ? "b" : "c", major, minor & 0xffffffffL, mode & 0777);
            }
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to use the device \"" + source + "\", but there is no such file.",
                    "See the names in /dev.",
                    e);
        }
        throw new HarnessException(
                "Tried to use the device \"" + source + "\", but that is no device.", "Name a device node, each one.");
    }

    /** Says whether something is a device, and no link to one. */
    static boolean isDevice(Path path) {
        try {
            int kind = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & KIND;
            return kind == CHARACTER || kind == BLOCK;
        } catch (IOException e) {
            return false; // it is gone
        }
    }

    String number() {
        return major + ":" + minor;
    }
}
