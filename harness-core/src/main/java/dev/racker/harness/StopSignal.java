package dev.racker.harness;

import dev.racker.harness.machine.Machine;
import java.time.Duration;
import java.util.List;

/** The signals that a running container understands. */
final class StopSignal {

    /** systemd(1), "Signals": halts, which ends a container. */
    private static final String HALT = "RTMIN+3";

    private static final Duration LOOK = Duration.ofSeconds(30);

    private final RunningContainer container;

    StopSignal(RunningContainer container) {
        this.container = container;
    }

    /**
     * Tells the container to end: a booted one to halt, which tells everything in it to end; another one with its own
     * signal.
     *
     * @param signal what the user wants instead; empty for nothing
     */
    void send(String signal) {
        String own = container.options().lifecycle().stopSignal();
        String wanted = signal.isEmpty() ? own : signal;
        if (container.options().boots()) {
            container.machine().signal(wanted.isEmpty() || wanted.equals("TERM") ? HALT : wanted);
        } else {
            container.machine().signal(wanted.isEmpty() ? "TERM" : wanted);
        }
    }

    /** Hands a signal on to what the container was made for; a booted one without a payload to its init. */
    void deliver(String signal) {
        Machine machine = container.machine();
        if (!container.options().boots()) {
            machine.signal(signal);
        } else if (container.options().process().exists()) {
            machine.tool(List.of("systemctl", "kill", "--signal=" + signal, Machine.MAIN_PAYLOAD), LOOK);
        } else {
            machine.signal(signal);
        }
    }
}
