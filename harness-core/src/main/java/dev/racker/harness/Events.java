package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import dev.racker.harness.store.ContainerRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What has happened to containers, images, networks and volumes since the host was booted: a line for each event in a file
 * that whoever does something appends to. When it is long, it makes room for a new one, and the one before that is
 * forgotten.
 */
public final class Events {

    private static final long LONGEST = 1 << 20;
    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private final Path file;
    private final CommandRunner runner;

    Events(Path runDirectory, CommandRunner runner) {
        this.file = runDirectory.resolve("events");
        this.runner = runner;
    }

    /**
     * Notes that something has happened to a container.
     *
     * @param action in docker's words
     * @param more names and values by turns
     */
    public void container(String action, ContainerRecord record, String... more) {
        note(List.of(Event.of(action, record, more)));
    }

    /**
     * Notes that something has happened to something else.
     *
     * @param type image, network or volume
     * @param action in docker's words
     * @param more names and values by turns
     */
    public void note(String type, String action, String id, String... more) {
        note(List.of(Event.of(type, action, id, more)));
    }

    /** Notes events in their order. */
    void note(List<Event> events) {
        StringBuilder lines = new StringBuilder(256 * events.size());
        for (Event event : events) {
            lines.append(event.line()).append('\n');
        }
        try {
            makeRoom();
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            return; // on a full disk: what has happened has happened, and must not fail because nobody notes it
        }
    }

    /** Only who has locked the long file moves it: another one might move the new one over it. */
    @SuppressWarnings("try") // the lock is only held
    private void makeRoom() throws IOException {
        if (!Files.exists(file) || Files.size(file) <= LONGEST) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null && Files.size(file) > LONGEST) {
                Files.move(file, before(), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Where they are. */
    Path file() {
        return file;
    }

    private Path before() {
        return file.resolveSibling("events.1");
    }

    /**
     * Hands events on in their order.
     *
     * @param since the time that none is older than
     * @param until the time that none is younger than, and when this ends
     */
    public void read(Instant since, Instant until, Consumer<Event> consumer) {
        boolean follows = until.isAfter(Instant.now());
        replay(before(), since, until, consumer);
        if (!follows) {
            replay(file, since, until, consumer);
            return;
        }
        try (RunningCommand tail = runner.start(tail());
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(tail.stdout(), StandardCharsets.UTF_8))) {
            end(tail, until);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                hand(line, since, until, consumer);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Command tail() {
        return Command.of(List.of("tail", "--quiet", "--follow=name", "--retry", "--lines=+1", "--", file.toString()))
                .expectAny()
                .timeout(UNLIMITED)
                .stdout(Output.pipe())
                .stderr(Output.discard());
    }

    private static void end(RunningCommand tail, Instant until) {
        if (!until.equals(Instant.MAX)) {
            long left = Math.max(0, Duration.between(Instant.now(), until).toMillis());
            CompletableFuture.delayedExecutor(left, TimeUnit.MILLISECONDS).execute(tail::terminate);
        }
    }

    private void replay(Path past, Instant since, Instant until, Consumer<Event> consumer) {
        try (BufferedReader reader = Files.newBufferedReader(past)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                hand(line, since, until, consumer);
            }
        } catch (NoSuchFileException e) {
            return; // nothing has happened
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void hand(String line, Instant since, Instant until, Consumer<Event> consumer) {
        Event.parse(line)
                .filter(event -> !event.time().isBefore(since) && !event.time().isAfter(until))
                .ifPresent(consumer);
    }

    private HarnessException failed(IOException cause) {
        return new HarnessException("Tried to read " + file + ", but: " + cause.getMessage() + ".", null, cause);
    }
}
