package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Leftovers;
import dev.racker.harness.machine.MachinePlace;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What runs in a container that outlives whoever started it: what it prints from now on, and what it reads. Closing it
 * leaves the container as it is.
 */
public final class ContainerConsole implements AutoCloseable {

    private static final int UNSEEN = 255;

    private final ContainerProcess process;
    private final MachinePlace place;
    private final CommandRunner runner;
    private final ExitFile exit;
    private final long position;
    private volatile RunningCommand tail;
    private volatile boolean closed;

    private ContainerConsole(ContainerProcess process, MachinePlace place, CommandRunner runner, ExitFile exit) {
        this.process = process;
        this.place = place;
        this.runner = runner;
        this.exit = exit;
        this.position = size(file());
    }

    static ContainerConsole open(ContainerProcess process, MachinePlace place, CommandRunner runner) {
        return new ContainerConsole(
                process, place, runner, ExitFile.open(place.container().resolve("ended")));
    }

    /** Says whether what runs in it has a terminal. */
    public boolean hasTerminal() {
        return process.terminal();
    }

    /** Says whether it was made to be given input. */
    public boolean takesInput() {
        return process.interactive();
    }

    /** Hands on what is printed, until the container ends or this is closed. */
    public void follow(PrintStream out, PrintStream err) {
        String from = "--bytes=+" + (position + 1);
        Command command = Tail.of(place, file(), from).orElseGet(() -> Tail.now(file(), from));
        try (RunningCommand running = runner.start(command)) {
            tail = running;
            if (closed) {
                return;
            }
            if (process.terminal()) {
                copy(running.stdout(), out);
            } else {
                lines(running.stdout(), out, err);
            }
        } catch (IOException e) {
            if (!closed) {
                throw new HarnessException("Tried to read " + file() + ", but: " + e.getMessage() + ".", null, e);
            }
        }
    }

    private static void copy(InputStream in, PrintStream out) throws IOException {
        byte[] buffer = new byte[8192];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
            out.flush();
        }
    }

    private static void lines(InputStream in, PrintStream out, PrintStream err) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            LogLine.parse(line).ifPresent(each -> {
                PrintStream stream = each.isError() ? err : out;
                stream.println(each.text());
                stream.flush();
            });
        }
    }

    private Path file() {
        return process.terminal() ? place.terminalLog() : place.log();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0; // nothing was printed yet
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + file + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    /** What it reads is written here. */
    public OutputStream input() {
        try {
            return Files.newOutputStream(place.standardInput(), StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return OutputStream.nullOutputStream(); // it has ended
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to write to " + place.standardInput() + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    /** Sets the size of its terminal. */
    public void resize(int rows, int columns) {
        try {
            String terminal = Files.readString(place.terminalName()).strip();
            runner.run(Command.of(
                            "stty",
                            "-F",
                            terminal,
                            "rows",
                            Integer.toString(rows),
                            "columns",
                            Integer.toString(columns))
                    .expectAny()); // it may have ended by now
        } catch (NoSuchFileException e) {
            return; // it has ended
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to read " + place.terminalName() + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    /** Waits until the container has ended, and gives its exit status. */
    public int await() {
        Leftovers.awaitSupervisor(place.run());
        return exit.read().orElse(UNSEEN);
    }

    /** Lets go of it. */
    @Override
    public void close() {
        closed = true;
        RunningCommand running = tail;
        if (running != null) {
            running.kill();
        }
        exit.close();
    }
}
