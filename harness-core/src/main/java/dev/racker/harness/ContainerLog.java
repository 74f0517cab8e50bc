package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.MachinePlace;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** What the payloads of a container have printed, from all of its runs. */
public final class ContainerLog {

    private static final int BUFFER = 8192;

    private final MachinePlace place;
    private final CommandRunner runner;

    ContainerLog(MachinePlace place, CommandRunner runner) {
        this.place = place;
        this.runner = runner;
    }

    /**
     * Hands lines on in their order.
     *
     * @param last how many of the present ones, counted from the end; the largest number for all
     * @param since the time that none is older than
     * @param until the time that none is younger than
     * @param follow whether to wait for more until the container ends
     */
    public void read(int last, Instant since, Instant until, boolean follow, Consumer<LogLine> consumer) {
        Deque<LogLine> lines = new ArrayDeque<>();
        // A whole log may be larger than this process can be.
        Consumer<LogLine> keep = last == Integer.MAX_VALUE ? consumer : lines::add;
        long read = 0;
        try (BufferedReader reader = reader(Files.newInputStream(place.log()))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                read++;
                LogLine.parse(line)
                        .filter(each -> isBetween(each, since, until))
                        .ifPresent(keep);
                if (lines.size() > last) {
                    lines.removeFirst();
                }
            }
        } catch (NoSuchFileException e) {
            read = 0; // it has printed nothing yet
        } catch (IOException e) {
            throw failed(place.log(), e);
        }
        lines.forEach(consumer);
        if (follow) {
            follow(read, since, until, consumer);
        }
    }

    /**
     * Hands on what was shown on the container's terminal, byte by byte.
     *
     * @param last how many lines, counted from the end
     * @param follow whether to wait for more until the container ends
     */
    public void screen(int last, boolean follow, OutputStream out) {
        String from = last == Integer.MAX_VALUE ? "--bytes=+1" : "--lines=" + last;
        Optional<Command> following = follow ? Tail.of(place, place.terminalLog(), from) : Optional.empty();
        try (RunningCommand running = runner.start(following.orElseGet(() -> Tail.now(place.terminalLog(), from)))) {
            byte[] buffer = new byte[BUFFER];
            InputStream in = running.stdout();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            throw failed(place.terminalLog(), e);
        }
    }

    private void follow(long read, Instant since, Instant until, Consumer<LogLine> consumer) {
        Optional<RunningCommand> tail =
                Tail.of(place, place.log(), "--lines=+" + (read + 1)).map(runner::start);
        if (tail.isEmpty()) {
            return;
        }
        try (RunningCommand running = tail.get();
                BufferedReader reader = reader(running.stdout())) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                LogLine.parse(line)
                        .filter(each -> isBetween(each, since, until))
                        .ifPresent(consumer);
            }
        } catch (IOException e) {
            throw failed(place.log(), e);
        }
    }

    /** Bytes that are no UTF-8 are shown as such, and do not end the log. */
    private static BufferedReader reader(InputStream log) {
        return new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8));
    }

    private static boolean isBetween(LogLine line, Instant since, Instant until) {
        return !line.time().isBefore(since) && !line.time().isAfter(until);
    }

    private static HarnessException failed(Path file, IOException cause) {
        return new HarnessException(
                "Tried to read the log " + file + ", but: " + cause.getMessage() + ".", null, cause);
    }
}
