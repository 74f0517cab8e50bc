package dev.racker.harness.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pipes of the host that are the streams of a payload. */
final class PayloadPipes {

    private static final int MODE = 0666;

    private PayloadPipes() {}

    /**
     * Lets a payload open /dev/stdin, /dev/stdout and /dev/stderr, as many images do: in a user namespace it is not the
     * owner of the host's pipes. Others see nothing of them: who may look into /proc/PID/fd may do all of this anyway.
     */
    static void open(long pid, MachineSpec spec) {
        for (int fd = 0; fd <= 2 && spec.stack().owners() != 0; fd++) {
            Path link = Path.of("/proc/" + pid + "/fd/" + fd);
            try {
                if (Files.readSymbolicLink(link).toString().startsWith("pipe:")) {
                    Files.setAttribute(link, "unix:mode", MODE);
                }
            } catch (IOException e) {
                return; // the client has ended already
            }
        }
    }
}
