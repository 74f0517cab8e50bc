package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.RunningCommand;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A payload that was started; closing it stops it when it still runs. */
public final class RunningPayload implements AutoCloseable {

    private static final int KILLED = 137;
    private static final int REFUSED = 1;
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Machine machine;
    private final String unit;
    private final RunningCommand client;
    private volatile boolean late;

    RunningPayload(Machine machine, String unit, RunningCommand client) {
        this.machine = machine;
        this.unit = unit;
        this.client = client;
    }

    /** The name of its service inside the machine; empty when that is not booted. */
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

    /** What it writes to standard output, when that is a pipe, as text in UTF-8; to be asked for once. */
    public BufferedReader stdoutReader() {
        return new BufferedReader(new InputStreamReader(stdout(), StandardCharsets.UTF_8));
    }

    /** What it writes to standard error, when that is a pipe, as text in UTF-8; to be asked for once. */
    public BufferedReader stderrReader() {
        return new BufferedReader(new InputStreamReader(stderr(), StandardCharsets.UTF_8));
    }

    /**
     * Waits for its end; status 137 when the machine was killed under it.
     *
     * @throws CommandException when its deadline passes first; it is stopped by {@link #close()} then
     * @throws HarnessException when the machine's systemd is too old to run payloads
     */
    public CommandResult await() {
        try {
            CommandResult result = client.await();
            return new CommandResult(status(result.status()), result.stdout(), result.stderr());
        } catch (CommandException e) {
            late = true; // what was killed is the client on the host, not the service inside
            throw e;
        }
    }

    /** Waits for its end, as {@link #await()} does, but not for that of its pipes: others may hold them still. */
    public int awaitStatus() {
        return status(client.awaitStatus());
    }

    private int status(int status) {
        // systemd-run also ends with 0 or 1 when the guest's init goes before it has told how the service ended.
        if (status <= 1 && !machine.hasInit()) {
            return KILLED;
        }
        if (status == REFUSED && !unit.isEmpty()) {
            refusedBySystemd();
        }
        return status;
    }

    /** systemd-run(1) ends with 1 when it does not know an option; so do many payloads, hence the second look. */
    private void refusedBySystemd() {
        Optional<HarnessException> refusal = GuestSystemd.refusal(machine);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    /** Sends a signal, named as kill(1) names them, to all of its processes. */
    public void signal(String signal) {
        if (unit.isEmpty()) {
            signalProcesses(signal);
            return;
        }
        machine.tool(List.of("systemctl", "kill", "--signal=" + signal, unit), STOP);
    }

    /** Kills all of its processes. */
    public void kill() {
        signal("KILL");
    }

    /** Asks it to end with SIGTERM, kills it after ten seconds, and waits. */
    public void stop() {
        if (unit.isEmpty()) {
            stopProcesses();
            return;
        }
        machine.tool(List.of("systemctl", "stop", unit), STOP);
    }

    /** What runs in a machine that is not booted is a child of its client, from outside. */
    private void signalProcesses(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", "-s", signal, "--"));
        int fixed = command.size();
        ProcessHandle.of(client.pid())
                .ifPresent(
                        nsenter -> nsenter.descendants().forEach(process -> command.add(Long.toString(process.pid()))));
        if (command.size() > fixed) {
            machine.runner()
                    .run(Command.of(command)
                            .expectAny() // some of them may have ended by now
                            .whenCancelled(Command.WhenCancelled.GO_ON));
        }
    }

    private void stopProcesses() {
        signalProcesses("TERM");
        try {
            client.ended().get(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            signalProcesses("KILL");
        } catch (TimeoutException | ExecutionException e) {
            signalProcesses("KILL");
        }
    }

    @Override
    public void close() {
        if ((late || client.isAlive()) && machine.isAlive()) {
            stop();
        }
        client.close();
    }
}
