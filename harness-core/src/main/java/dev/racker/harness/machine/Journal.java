package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandResult;
import java.time.Duration;
import java.util.List;

/** Reads the journal of a machine with its own journalctl(1). */
public final class Journal {

    private static final Duration LOOK = Duration.ofSeconds(30);

    private final Machine machine;

    Journal(Machine machine) {
        this.machine = machine;
    }

    /** The last lines of everything that was logged, oldest first. */
    public String tail(int lines) {
        return read(List.of("journalctl", "--no-pager", "--quiet", "--lines=" + lines));
    }

    /** The last lines that a unit logged, oldest first. */
    public String tail(String unit, int lines) {
        return read(List.of("journalctl", "--no-pager", "--quiet", "--lines=" + lines, "--unit=" + unit));
    }

    private String read(List<String> command) {
        CommandResult result = machine.tool(command, LOOK);
        if (result.status() != 0) {
            throw new HarnessException(
                    "Tried to read the journal of machine " + machine.name() + ", but journalctl said: "
                            + result.errorText(),
                    "Check that the image holds journalctl.");
        }
        return result.text();
    }
}
