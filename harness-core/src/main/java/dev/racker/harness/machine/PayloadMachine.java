package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A machine that boots no init but has one payload; closing it kills it and removes what belonged to it. */
public final class PayloadMachine implements AutoCloseable {

    /** How long whoever finds a machine ending waits until nothing of it is left. */
    static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Machine machine;
    private final RunningCommand supervisor;
    private final Lifeline lifeline;
    private final CommandRunner runner;

    PayloadMachine(Machine machine, RunningCommand supervisor, Lifeline lifeline, CommandRunner runner) {
        this.machine = machine;
        this.supervisor = supervisor;
        this.lifeline = lifeline;
        this.runner = runner;
    }

    /** What was asked for. */
    public MachineSpec spec() {
        return machine.spec();
    }

    /** Says whether its first process was heard of; a very short one may have ended before. */
    boolean hasBegun() {
        return machine.leader() > 0;
    }

    /** Says whether the kernel has killed one of its processes because its memory was used up. */
    public boolean ranOutOfMemory() {
        return machine.ranOutOfMemory();
    }

    /** Waits for this time at most; says whether the payload has ended and nothing of the machine is left. */
    public boolean endsWithin(Duration time) {
        try {
            supervisor.ended().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new HarnessException(
                    "The supervisor of machine " + machine.name() + " was lost.", null, e.getCause());
        }
    }

    /** Waits until the payload has ended and nothing of the machine is left; gives the payload's exit status. */
    public int await() {
        return supervisor.await().status();
    }

    /** Sends a signal to the machine's first process, see {@link Machine#signal(String)}. */
    public void signal(String signal) {
        machine.signal(signal);
    }

    /** Sends a signal to the payload, and kills it when it has not ended within {@code grace}. */
    public void stop(String signal, Duration grace) {
        signal(signal);
        if (!endsWithin(grace)) {
            kill();
        }
    }

    /** Tells the payload's terminal to take over the size of this process's one. */
    public void resized() {
        try {
            String pid = Files.readString(machine.spec().place().supervisor()).strip();
            runner.run(Command.of("kill", "-s", "WINCH", "--", pid).expectAny());
        } catch (IOException e) {
            return; // it has ended
        }
    }

    /**
     * Lets the machine outlive this process; from now on only {@link Machine#destroy()}, or its own end, ends it. Nothing
     * when it has ended already.
     */
    public void keep(Attendance attendance) {
        try {
            machine.keep(attendance);
        } catch (HarnessException failure) {
            // The payload may have been faster, and what belongs to the machine is removed then.
            if (!machine.endsWithin(LAST_WORDS)) {
                throw failure;
            }
        }
        lifeline.close();
    }

    /** Kills the machine at once, without waiting for what it leaves to be removed. */
    public void kill() {
        lifeline.close();
        machine.kill();
    }

    @Override
    public void close() {
        lifeline.close();
        machine.close();
    }
}
