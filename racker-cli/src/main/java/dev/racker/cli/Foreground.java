package dev.racker.cli;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.ContainerProcess;
import dev.racker.harness.LoggedOutput;
import dev.racker.harness.PayloadContainer;
import dev.racker.harness.Session;
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

/**
 * A container that runs in the foreground of this process: its streams are this process's, and it ends with it. What one
 * prints that stays is in its log, too.
 */
final class Foreground {

    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private final Signals signals;
    private final PrintStream err;
    private final Duration stop;
    private final ContainerProcess process;
    private final boolean terminal;
    private final boolean input;
    private final LoggedOutput output;

    /**
     * Takes what decides how.
     *
     * @param options what the container is made with
     * @param input whether it gets this process's standard input
     */
    Foreground(Session session, Signals signals, ContainerOptions options, boolean input) {
        this.signals = signals;
        this.err = session.err();
        this.stop = options.lifecycle().stopTimeout();
        this.process = options.process();
        this.terminal = hasTerminal(process);
        this.input = input;
        this.output = options.ephemeral() || terminal
                ? null
                : new LoggedOutput(session.out(), session.err(), process.terminal());
        Terminals.openPipes();
    }

    /** Says whether there is a terminal that what runs in a container can have. */
    static boolean hasTerminal(ContainerProcess process) {
        return process.terminal() && Terminals.isTerminal(0) && Terminals.isTerminal(1);
    }

    /** The streams of a payload that is not booted, and is about to be started: signals are for it from now on. */
    PayloadStreams begin() {
        signals.hold();
        return streams();
    }

    private PayloadStreams streams() {
        Input stdin = terminal || input ? Input.inherit() : Input.none();
        return output == null
                ? new PayloadStreams(stdin, Output.inherit(), Output.inherit())
                : PayloadStreams.read(stdin, output::copy);
    }

    /** Runs the payload of a booted container to its end, and stops the container's machine. */
    int run(Container running) {
        Machine machine = running.machine();
        signals.hold();
        try (RunningPayload payload = machine.start(payload(machine.spec().hostname()))) {
            signals.deliver(
                    name -> {
                        payload.signal(name);
                        payload.stop();
                    },
                    machine::kill);
            int status = output == null ? payload.await().status() : logged(machine, payload);
            status = signals.status() == 0 ? status : signals.status();
            end(running, status);
            return status;
        }
    }

    private int logged(Machine machine, RunningPayload payload) {
        output.copy(machine.spec().place(), payload.stdout(), payload.stderr());
        return payload.awaitStatus();
    }

    private void end(Container running, int status) {
        Machine machine = running.machine();
        tellOutOfMemory(machine.ranOutOfMemory(), machine.spec().limits());
        running.exited(status);
        if (running.record().ephemeral()) {
            machine.kill();
        } else {
            machine.stop(stop);
            tellOfLog(); // only now nobody holds its pipes any more for certain
        }
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
        tellOfLog();
        return signals.status() == 0 ? status : signals.status();
    }

    private void tellOutOfMemory(boolean happened, Limits limits) {
        if (happened) {
            err.println(outOfMemory(limits.memory()));
        }
    }

    /** What is said when the kernel has killed something for want of memory. */
    static String outOfMemory(long memory) {
        return "racker: The machine ran out of memory, and the kernel ended a process of it: it may use "
                + MemorySize.text(memory) + ". Give it more with --memory.";
    }

    private void tellOfLog() {
        if (output != null) {
            output.await().ifPresent(failure -> err.println("racker: " + failure));
        }
    }

    private Payload payload(String hostname) {
        Payload payload = process.payload(hostname).timeout(UNLIMITED);
        if (terminal) {
            return payload.onTerminal();
        }
        PayloadStreams streams = streams();
        return payload.stdin(streams.stdin()).stdout(streams.stdout()).stderr(streams.stderr());
    }
}
