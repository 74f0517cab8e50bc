package dev.racker.cli;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerProcess;
import dev.racker.harness.PayloadContainer;
import dev.racker.harness.console.Signals;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.MemorySize;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.machine.PayloadMachine;
import dev.racker.harness.machine.PayloadStreams;
import dev.racker.harness.machine.RunningPayload;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import java.io.PrintStream;
import java.time.Duration;

/** A container that runs in the foreground of this process: its streams are this process's, and it ends with it. */
final class Foreground {

    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private final Signals signals;
    private final PrintStream err;
    private final Duration stop;
    private final boolean terminal;
    private final boolean input;

    /**
     * Takes what decides how.
     *
     * @param stop how long it may take to stop
     * @param process what runs in it
     * @param err where racker itself talks
     * @param input whether it gets this process's standard input
     */
    Foreground(Signals signals, PrintStream err, Duration stop, ContainerProcess process, boolean input) {
        this.err = err;
        this.signals = signals;
        this.stop = stop;
        this.terminal = process.terminal() && Terminals.isTerminal(0) && Terminals.isTerminal(1);
        this.input = input;
        Terminals.openPipes();
    }

    /** The streams of a payload that is not booted. */
    PayloadStreams streams() {
        return new PayloadStreams(
                terminal || input ? Input.inherit() : Input.none(), Output.inherit(), Output.inherit());
    }

    /** Says whether there is a terminal that the payload can have. */
    boolean hasTerminal() {
        return terminal;
    }

    /** Runs the payload of a booted container to its end, and stops the container's machine. */
    int run(Container running, ContainerProcess process) {
        Machine machine = running.machine();
        int status = run(machine, payload(process, machine.spec().hostname()));
        tellOutOfMemory(machine.ranOutOfMemory(), machine.spec().limits());
        running.exited(status);
        if (running.record().ephemeral()) {
            machine.kill();
        } else {
            machine.stop(stop);
        }
        return status;
    }

    /** Waits until the machine of a booted container that has no payload ends. */
    int await(Container running) {
        Machine machine = running.machine();
        signals.deliver(name -> machine.stop(stop), machine::kill);
        int status = machine.ended().join();
        return signals.status() == 0 ? status : signals.status();
    }

    /** Runs a payload that is not booted to its end. */
    int run(PayloadContainer running) {
        PayloadMachine machine = running.machine();
        signals.deliver(name -> machine.stop(name, stop), machine::kill);
        signals.resize(machine::resized);
        int status = running.await();
        tellOutOfMemory(machine.ranOutOfMemory(), machine.spec().limits());
        return signals.status() == 0 ? status : signals.status();
    }

    private void tellOutOfMemory(boolean happened, Limits limits) {
        if (happened) {
            err.println("racker: The machine ran out of memory, and the kernel ended a process of it: it may use "
                    + MemorySize.text(limits.memory()) + ". Give it more with --memory.");
        }
    }

    private int run(Machine machine, Payload payload) {
        try (RunningPayload running = machine.start(payload)) {
            signals.deliver(
                    name -> {
                        running.signal(name);
                        running.stop();
                    },
                    machine::kill);
            int status = running.await().status();
            return signals.status() == 0 ? status : signals.status();
        }
    }

    private Payload payload(ContainerProcess process, String hostname) {
        Payload payload = process.payload(hostname).timeout(UNLIMITED);
        if (terminal) {
            return payload.onTerminal();
        }
        PayloadStreams streams = streams();
        return payload.stdin(streams.stdin()).stdout(streams.stdout()).stderr(streams.stderr());
    }
}
