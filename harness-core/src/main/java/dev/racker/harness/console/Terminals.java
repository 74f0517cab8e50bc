package dev.racker.harness.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says which of this process's streams are terminals; Java itself only knows whether all of them are. */
public final class Terminals {

    private Terminals() {}

    /** isatty(3) of a file descriptor: a terminal's link in /proc leads to /dev/pts/N, /dev/ttyN or /dev/console. */
    public static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console")
                    || target.startsWith("/dev/hvc");
        } catch (IOException e) {
            return false; // closed
        }
    }

    /** Says whether a file descriptor leads to something with a name, such as a file or a device, and not to a pipe. */
    public static boolean isFile(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString()
                    .startsWith("/");
        } catch (IOException e) {
            return false; // closed
        }
    }

    /**
     * Lets every user of a machine open its standard streams by name, such as /dev/stdin, when they are pipes. A pipe
     * belongs to whoever made it (pipe(7)), who is nobody in the machine's user namespace.
     */
    public static void openPipes() {
        for (int descriptor = 0; descriptor <= 2; descriptor++) {
            Path stream = Path.of("/proc/self/fd/" + descriptor);
            try {
                if (Files.readSymbolicLink(stream).toString().startsWith("pipe:")) {
                    Files.setAttribute(stream, "unix:mode", 0666);
                }
            } catch (IOException e) {
                continue; // closed, or somebody else's: the command can still use it, only not open it by name
            }
        }
    }
}
