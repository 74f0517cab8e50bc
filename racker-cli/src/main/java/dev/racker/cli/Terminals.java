package dev.racker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says which of this process's streams are terminals; Java itself only knows whether all of them are. */
final class Terminals {

    private Terminals() {}

    /** isatty(3) of a file descriptor: a terminal's link in /proc leads to /dev/pts/N, /dev/ttyN or /dev/console. */
    static boolean isTerminal(int descriptor) {
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
}
