package dev.racker.harness.machine;

import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.RunningCommand;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** A payload that was started; closing it stops it when it still runs. */
public final class RunningPayload implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(30);

    private final Machine machine;
    private final String unit;
    private final RunningCommand client;

    RunningPayload(Machine machine, String unit, RunningCommand client) {
        this.machine = machine;
        this.unit = unit;
        this.client = client;
    }

    /** The name of its service inside the machine. */
    public String unit() {
        return unit;
    }

    /** Where to write what it reads. */
    public OutputStream stdin() {
        return client.stdin();
    }

    /** What it writes to standard output, when that is a pipe. */
    public InputStream stdout() {
        return client.stdout();
    }

    /** What it writes to standard error, when that is a pipe. */
    public InputStream stderr() {
        return client.stderr();
    }

    /**
     * Waits for its end.
     *
     * @throws CommandException when its deadline passes first; it is stopped by {@link #close()} then
     */
    public CommandResult await() {
        return client.await();
    }

    /** Sends a signal, named as kill(1) names them, to all of its processes. */
    public void signal(String signal) {
        machine.tool(List.of("systemctl", "kill", "--signal=" + signal, unit), STOP);
    }

    /** Asks it to end with SIGTERM, kills it after ten seconds, and waits. */
    public void stop() {
        machine.tool(List.of("systemctl", "stop", unit), STOP);
    }

    @Override
    public void close() {
        if (client.isAlive()) {
            if (machine.isAlive()) {
                stop();
            }
            client.close();
        }
    }
}
