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
import java.time.Duration;
import java.util.Optional;

/** Removes what is left of a machine whose owner has died. */
public final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration UNLIMITED = Duration.ofDays(3650);

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

    /** Says whether the machine of this runtime directory runs, whoever has started it. */
    public static boolean isSupervised(Path run) {
        return supervisor(run).isPresent();
    }

    /** The process id of the supervisor of the machine of this runtime directory; empty when it does not run. */
    public static Optional<Long> supervisorId(Path run) {
        return supervisor(run).map(SupervisorProcess::pid);
    }

    /** Waits, as long as it takes, until the machine of this runtime directory has ended. */
    public static void awaitSupervisor(Path run) {
        supervisor(run).ifPresent(supervisor -> supervisor.endsWithin(UNLIMITED));
    }

    /** The supervisor of the machine of this runtime directory; empty when it does not run. */
    static Optional<SupervisorProcess> supervisor(Path run) {
        try {
            String pid = Files.readString(run.resolve("supervisor")).strip();
            String command = new String(Files.readAllBytes(Path.of("/proc", pid, "cmdline")), StandardCharsets.UTF_8);
            return command.contains(run.toString())
                    ? ProcessHandle.of(Long.parseLong(pid)).map(SupervisorProcess::new)
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the process ended while it was looked at
        }
    }

    static void awaitEnd(SupervisorProcess supervisor) {
        if (!supervisor.endsWithin(PATIENCE)) {
            throw new HarnessException(
                    "Tried to remove a machine whose owner has died, but its supervisor, process " + supervisor.pid()
                            + ", does not end.",
                    "Look at what that process is waiting for.");
        }
    }
}
