package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The network namespace of a machine.
 *
 * @param path where its file is
 */
record Namespace(String path) {

    /**
     * The one of a process.
     *
     * @throws HarnessException when it is this process's own, or the process is gone: whoever asked for it, the host's own
     *     interfaces are never touched
     */
    static Namespace of(long leaderPid, String containerId) {
        String path = "/proc/" + leaderPid + "/ns/net";
        try {
            if (Files.readSymbolicLink(Path.of(path)).equals(Files.readSymbolicLink(Path.of("/proc/self/ns/net")))) {
                throw new HarnessException(
                        "Tried to connect the machine " + containerId + " to a bridge, but it has no network of its"
                                + " own.",
                        null);
            }
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to connect the machine " + containerId + " to a bridge, but it has ended already.", null, e);
        }
        return new Namespace(path);
    }
}
