package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Script;
import dev.racker.harness.process.Command;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.ContainerStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happens to a container from start to start, as small files of its directory that the supervisor reads and writes
 * too: {@code started} and {@code ended}, whose times tell when, {@code stopped} when somebody has ended it, {@code
 * restarts} that followed from its policy, {@code restart.sh} that decides about the next one.
 */
final class ContainerLife {

    /** The file that is there until a container is started that was only made. */
    static final String CREATED = "created";

    private static final String SCRIPT = "restart.sh";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private final ContainerStore containers;

    ContainerLife(ContainerStore containers) {
        this.containers = containers;
    }

    /** A container was made that is going to be started later. */
    void created(ContainerRecord record) {
        begin(record);
        write(record, CREATED, "");
    }

    /** Begins to note it for a container that was made. */
    void begin(ContainerRecord record) {
        write(record, "ended", "");
    }

    /** The container is about to be started, and nobody has stopped it. */
    void starting(ContainerRecord record) {
        remove(record, "stopped");
        remove(record, SCRIPT);
        remove(record, "restarting");
        remove(record, CREATED);
    }

    /** Somebody ends the container, or does not want it to be started again. */
    void stopped(ContainerRecord record) {
        write(record, "stopped", "");
    }

    /** The restarts in a row begin anew: it was not the policy that started it. */
    void startedByHand(ContainerRecord record) {
        remove(record, "row");
        remove(record, "restarts");
    }

    /** Lets the supervisor start it again by this command when its policy wants that. */
    void restartWith(ContainerRecord record, RestartPolicy policy, String plane, List<String> again) {
        if (policy.kind() == RestartPolicy.Kind.NO || again.isEmpty()) {
            remove(record, SCRIPT);
            return;
        }
        Path directory = containers.directory(record);
        Path copy = directory.resolve("restarting.sh");
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                copy.toString(),
                directory.toString(),
                plane,
                record.shortId(),
                policy.kind().word(),
                Integer.toString(policy.retries())));
        command.addAll(again);
        command.add(record.id());
        try {
            Files.write(copy, Script.read(SCRIPT));
        } catch (IOException e) {
            throw failed(copy, e);
        }
        write(record, SCRIPT, "exec " + Command.of(command) + " \"$@\"\n");
    }

    /** When it was started last; empty for never. */
    Optional<Instant> started(ContainerRecord record) {
        return time(record, "started");
    }

    /** When it ended last; empty when it has not. */
    Optional<Instant> ended(ContainerRecord record) {
        return exitStatus(record).isEmpty() ? Optional.empty() : time(record, "ended");
    }

    /** How it ended last; empty when nobody was there to see that. */
    Optional<Integer> exitStatus(ContainerRecord record) {
        return number(record, "ended");
    }

    /** The process that waits to start it again, when that is about to happen. */
    Optional<Integer> restarting(ContainerRecord record) {
        boolean recent = time(record, "restarting")
                .filter(since -> since.plus(LONGEST_WAIT).isAfter(Instant.now()))
                .isPresent(); // what the end of the host has left is older
        return recent ? number(record, "restarting") : Optional.empty();
    }

    /** It is not going to be started again. */
    void notRestarting(ContainerRecord record) {
        remove(record, "restarting");
        remove(record, CREATED);
    }

    /** Says whether the kernel has killed something in it for want of memory, in its last run. */
    boolean wasOutOfMemory(ContainerRecord record) {
        return Files.exists(file(record, "oom"));
    }

    /** How often its policy has started it again. */
    int restarts(ContainerRecord record) {
        return number(record, "restarts").orElse(0);
    }

    /** Says whether somebody has ended it. */
    boolean isStopped(ContainerRecord record) {
        return Files.exists(file(record, "stopped"));
    }

    private Optional<Integer> number(ContainerRecord record, String name) {
        try {
            String text = Files.readString(file(record, name)).strip();
            int end = text.indexOf(' ');
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Integer.parseInt(end < 0 ? text : text.substring(0, end)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw failed(file(record, name), e);
        }
    }

    private Optional<Instant> time(ContainerRecord record, String name) {
        try {
            FileTime time = Files.getLastModifiedTime(file(record, name));
            return Optional.of(time.toInstant());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed(file(record, name), e);
        }
    }

    private void write(ContainerRecord record, String name, String text) {
        try {
            Files.writeString(file(record, name), text);
        } catch (IOException e) {
            throw failed(file(record, name), e);
        }
    }

    private void remove(ContainerRecord record, String name) {
        try {
            Files.deleteIfExists(file(record, name));
        } catch (IOException e) {
            throw failed(file(record, name), e);
        }
    }

    private Path file(ContainerRecord record, String name) {
        return containers.directory(record).resolve(name);
    }

    private static HarnessException failed(Path file, Exception cause) {
        return new HarnessException(
                "Tried to note what happens to a container in " + file + ", but: " + cause.getMessage() + ".",
                "Check the free space and the permissions of that file system.",
                cause);
    }
}
