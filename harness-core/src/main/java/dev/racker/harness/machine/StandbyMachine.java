package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A machine that is booted before anybody asks for it, and waits until a process claims it.
 *
 * <p>A file in its runtime directory holds what whoever claims it has to know. Removing that file is the claim, so only one
 * process can have it, and nothing of it is left when the machine ends. As long as the file is there and empty, the machine
 * boots.
 */
public final class StandbyMachine {

    private StandbyMachine() {}

    /** Notes that the machine of this runtime directory is going to wait, before anything else is made for it. */
    public static void announce(Path run) {
        try {
            Files.createFile(MachinePlace.standby(run));
        } catch (IOException e) {
            throw failed(run, e);
        }
    }

    /** Makes what its supervisor needs; to be done before it is launched. */
    public static void prepare(MachineSpec spec, CommandRunner runner) {
        MachinePlace place = spec.place();
        runner.run(Command.of(
                "mkfifo", "--mode=600", place.owner().toString(), place.gone().toString()));
    }

    /**
     * Lets a machine wait that was prepared and launched: it outlives this process, until it is claimed.
     *
     * @param idle how long it waits at most; zero is for ever
     * @param note what {@link #note} gives
     */
    public static void leave(Machine machine, Duration idle, byte[] note) {
        MachinePlace place = machine.spec().place();
        new AttendanceScripts(place).standby(idle);
        machine.keep();
        Path unfinished = place.run().resolve("standby.new");
        try {
            Files.write(unfinished, note);
            Files.move(unfinished, place.standby(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            machine.destroy();
            throw failed(place.run(), e);
        }
    }

    /** Says whether the machine of this runtime directory waits, or is booted to wait. */
    public static boolean isWaiting(Path run) {
        return Files.exists(MachinePlace.standby(run));
    }

    /** What was noted about the machine of this runtime directory; empty when it does not wait, or boots. */
    public static Optional<byte[]> note(Path run) {
        try {
            byte[] note = Files.readAllBytes(MachinePlace.standby(run));
            return note.length == 0 ? Optional.empty() : Optional.of(note);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed(run, e);
        }
    }

    /**
     * Claims a machine that waits. It is this process's from then on, and ends with it; empty when somebody else has
     * claimed it, or it has ended. It has no limits yet.
     */
    public static Optional<Machine> claim(MachineSpec spec, CommandRunner runner) {
        MachinePlace place = spec.place();
        long leader = place.readLeader().orElse(-1);
        if (leader < 0 || !Leftovers.isKept(place.run())) {
            return Optional.empty();
        }
        Optional<ClaimedHold> hold = ClaimedHold.claim(spec, runner);
        return hold.map(held -> claimed(spec, runner, held, leader));
    }

    private static Machine claimed(MachineSpec spec, CommandRunner runner, ClaimedHold hold, long leader) {
        IOException failure = null;
        try {
            OutOfMemory.install(spec);
        } catch (NoSuchFileException e) {
            // It has just ended, as whoever uses it will see.
        } catch (IOException e) {
            failure = e;
        }
        Machine machine = new Machine(spec, runner, hold, leader);
        if (failure != null) {
            machine.close();
            throw failed(spec.place().run(), failure);
        }
        return machine;
    }

    /** Ends a machine that waits, unless somebody claims it first; does not wait for its end. */
    public static void discard(Path run) {
        try {
            ClaimedHold.claimAndLetGo(run);
        } catch (IOException e) {
            throw failed(run, e);
        }
    }

    private static HarnessException failed(Path run, IOException cause) {
        return new HarnessException(
                "Tried to handle the machine that waits in " + run + ", but: " + cause.getMessage() + ".",
                "Check the free space and the permissions of that file system.",
                cause);
    }
}
