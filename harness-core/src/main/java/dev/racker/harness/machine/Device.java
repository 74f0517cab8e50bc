package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.nio.file.Path;

/**
 * A device of the host that is seen inside a machine.
 *
 * @param source the device node on the host
 * @param target the absolute path inside
 * @param access letters of {@code rwm}: read, write, mknod
 */
public record Device(Path source, String target, String access) {

    private static final String ALL = "rwm";

    /**
     * Reads docker's form {@code HOST[:CONTAINER][:rwm]}.
     *
     * @throws HarnessException when it is not understood
     */
    public static Device parse(String text) {
        String[] parts = text.split(":", -1);
        String source = parts[0];
        String access = parts[parts.length - 1];
        boolean named = parts.length > 1 && isAccess(access);
        if (!named) {
            access = ALL;
        }
        String target = parts.length > (named ? 2 : 1) ? parts[1] : source;
        if (parts.length > (named ? 3 : 2) || !isPath(source) || !isPath(target)) {
            throw new HarnessException(
                    "Tried to read --device \"" + text + "\", but it is not understood.",
                    "Write HOST, HOST:CONTAINER or HOST:CONTAINER:rwm with absolute paths, such as /dev/fuse.");
        }
        return new Device(Path.of(source), target, access);
    }

    private static boolean isPath(String path) {
        return path.startsWith("/") && path.length() > 1;
    }

    private static boolean isAccess(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (ALL.indexOf(text.charAt(i)) < 0 || text.indexOf(text.charAt(i)) != i) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** What is not allowed; making nodes is, for the supervisor and systemd-nspawn, and no node allows more than this. */
    String denied() {
        return (access.indexOf('r') < 0 ? "r" : "") + (access.indexOf('w') < 0 ? "w" : "");
    }

    /** Inverts {@link #parse}. */
    @Override
    public String toString() {
        return source + ":" + target + ":" + access;
    }
}
