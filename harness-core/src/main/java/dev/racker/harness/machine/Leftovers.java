package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.WhenCancelled;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Removes what is left of a machine whose owner has died. */
public final class Leftovers {

    private static final long PATIENCE_SECONDS = 30;

    private final CommandRunner runner;

    /** Takes the gate to other programs. */
    public Leftovers(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * Removes what belongs to the machine of this runtime directory; waits for its supervisor when that is still at
     * work, because it does the same.
     */
    public void remove(Path run) {
        supervisor(run).ifPresent(Leftovers::awaitEnd);
        if (Files.exists(Supervisor.cleanScript(run))) {
            runner.run(Command.of(Supervisor.clean(run)).expectAny().whenCancelled(WhenCancelled.GO_ON));
        } else {
            runner.run(Command.of("rm", "-rf", "--one-file-system", "--", run.toString())
                    .whenCancelled(WhenCancelled.GO_ON));
        }
    }

    /** Says whether the machine of this runtime directory outlives whoever started it, see {@link Machine#keep()}. */
    public static boolean isKept(Path run) {
        return Files.exists(MachinePlace.kept(run)) && supervisor(run).isPresent();
    }

    /**
     * Ends a machine that was kept, and waits until nothing is left of it.
     *
     * @throws HarnessException when it does not end
     */
    public void end(Path run) {
        Optional<ProcessHandle> supervisor = supervisor(run);
        if (supervisor.isPresent()) {
            try {
                Files.write(MachinePlace.kept(run), new byte[] {'\n'}, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new HarnessException(
                        "Tried to end the machine in " + run + ", but: " + e.getMessage() + ".", null, e);
            }
            awaitEnd(supervisor.get());
        }
        remove(run);
    }

    private static Optional<ProcessHandle> supervisor(Path run) {
        try {
            String pid = Files.readString(run.resolve("supervisor")).strip();
            String command = new String(Files.readAllBytes(Path.of("/proc", pid, "cmdline")), StandardCharsets.UTF_8);
            return command.contains(run.toString()) ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the process ended while it was looked at
        }
    }

    private static void awaitEnd(ProcessHandle supervisor) {
        try {
            supervisor.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new HarnessException(
                    "Tried to remove a machine whose owner has died, but its supervisor, process " + supervisor.pid()
                            + ", does not end.",
                    "Look at what that process is waiting for.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new HarnessException("The supervisor of a machine was lost.", null, e.getCause());
        }
    }
}
