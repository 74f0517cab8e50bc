package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command lines that give a command of a kept machine a terminal which nobody need hold: script(1) does, copies what
 * is printed to a file, and types what comes through a fifo.
 */
final class TerminalScripts {

    private static final String OUTER = "terminal.sh";
    private static final String INNER = "client.sh";

    private final MachinePlace place;

    TerminalScripts(MachinePlace place) {
        this.place = place;
    }

    /** Writes them for a command, and gives the one that runs it so. */
    List<String> write(List<String> command) {
        write(INNER, "exec " + Command.of(command) + "\n");
        String inside = "tty >" + place.terminalName() + "; stty rows 24 columns 80 -opost; exec sh "
                + place.run().resolve(INNER);
        Command script = Command.of("script", "--quiet", "--return", "--flush", "--command", inside, "/dev/null");
        write(OUTER, "SHELL=/bin/sh exec " + script + " >>" + place.terminalLog() + " 2>&1\n");
        return List.of("/bin/sh", place.run().resolve(OUTER).toString());
    }

    private void write(String name, String text) {
        Path file = place.run().resolve(name);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to prepare the machine in " + file + ", but: " + e.getMessage() + ".",
                    "Check the free space and the permissions of that file system.",
                    e);
        }
    }
}
