package dev.racker.harness;

import dev.racker.harness.machine.MachinePlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a container prints while somebody watches: it is shown byte by byte, and is in the container's log afterwards. */
public final class LoggedOutput {

    private static final int BUFFER = 64 * 1024;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final List<Thread> copying = new ArrayList<>();
    private volatile String failure;

    /**
     * Takes where it is shown.
     *
     * @param terminal whether the container was made with a terminal; the log of such a one has no lines
     */
    public LoggedOutput(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /**
     * Begins to copy; when nobody reads what is shown any more, who prints it gets SIGPIPE.
     *
     * @param place where the log is
     */
    public void copy(MachinePlace place, InputStream stdout, InputStream stderr) {
        Path file = terminal ? place.terminalLog() : place.log();
        begin("stdout", () -> copy(stdout, out, log(file, false), file));
        begin("stderr", () -> copy(stderr, err, log(file, true), file));
    }

    private void begin(String name, Runnable copy) {
        Thread thread = new Thread(copy, name);
        thread.setDaemon(true);
        thread.start();
        copying.add(thread);
    }

    private void copy(InputStream from, PrintStream shown, OutputStream to, Path file) {
        try (InputStream in = from;
                OutputStream log = to) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                shown.write(buffer, 0, count);
                write(log, buffer, count, file);
                if (shown.checkError()) { // which flushes it too
                    return;
                }
            }
        } catch (IOException e) {
            failed(file, e);
        }
    }

    private OutputStream log(Path file, boolean error) {
        try {
            OutputStream log = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return terminal ? log : new LogLines(log, Clock.systemUTC(), error);
        } catch (IOException e) {
            failed(file, e);
            return OutputStream.nullOutputStream();
        }
    }

    private void write(OutputStream log, byte[] buffer, int count, Path file) {
        try {
            log.write(buffer, 0, count);
        } catch (IOException e) {
            failed(file, e); // what is shown goes on
        }
    }

    private void failed(Path file, IOException cause) {
        failure = "Tried to write what the container prints to " + file + ", but: " + cause.getMessage() + ".";
    }

    /** Waits until both streams have ended; tells why not all of it is in the log, when that is so. */
    public Optional<String> await() {
        for (Thread thread : copying) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.ofNullable(failure);
    }
}
