package dev.racker.harness.probe;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks into a machine with its own tools, and tells a tool that could not look from one that saw something. */
final class Guest {

    /** How long one look may take; longer, and the machine's init does not answer any more. */
    static final Duration LOOK = Duration.ofSeconds(15);

    private final Machine machine;

    Guest(Machine machine) {
        this.machine = machine;
    }

    /**
     * Runs a tool whose status says something.
     *
     * @throws UnlookableException when it is not there, does not end, or the machine has ended
     */
    CommandResult look(String... command) {
        try {
            CommandResult result = machine.tool(List.of(command), LOOK);
            if (result.status() != 0 && !machine.hasInit()) {
                throw ended();
            }
            if (result.status() == 127) {
                throw new UnlookableException("the machine has no program " + command[0]);
            }
            return result;
        } catch (CommandException e) {
            if (e.reason() == CommandException.Reason.INTERRUPTED) {
                throw e;
            }
            if (!machine.hasInit()) {
                throw ended();
            }
            throw new UnlookableException(
                    e.reason() == CommandException.Reason.TIMEOUT
                            ? command[0] + " did not answer within " + LOOK.toSeconds() + " s"
                            : e.getMessage());
        }
    }

    /**
     * Runs a tool that must succeed and gives what it printed.
     *
     * @throws UnlookableException when it does not
     */
    String read(String... command) {
        CommandResult result = look(command);
        if (result.status() != 0) {
            String said = result.errorText().isEmpty() ? "ended with status " + result.status() : result.errorText();
            throw new UnlookableException(command[0] + " said: " + TextPattern.shown(said));
        }
        return result.text();
    }

    /** What a tool prints, whatever its status; what went wrong when it cannot tell. */
    String tell(String... command) {
        try {
            CommandResult result = look(command);
            return result.text().isEmpty() ? result.errorText() : result.text();
        } catch (UnlookableException e) {
            return "(" + e.getMessage() + ")";
        }
    }

    /**
     * Waits until all that was said to the journal can be read: what reaches the daemon is not in its files at once.
     * Before systemd 245 journalctl(1) {@code --sync} may pass over messages that are still on their way.
     */
    void syncJournal() {
        tell("journalctl", "--sync");
    }

    /** Waits; true when the machine ended meanwhile. */
    boolean endedWithin(long milliseconds) {
        try {
            machine.ended().get(milliseconds, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // its supervisor was lost, and with it the machine
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while waiting for machine " + machine.name() + ".", null, e);
        }
    }

    UnlookableException ended() {
        return new UnlookableException("machine " + machine.name() + " has ended");
    }

    Machine machine() {
        return machine;
    }
}
