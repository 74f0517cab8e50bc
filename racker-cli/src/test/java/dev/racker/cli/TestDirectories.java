package dev.racker.cli;

import static dev.racker.harness.Eventually.eventuallyNothing;

import dev.racker.harness.Residue;
import dev.racker.harness.TestImage;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StateDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** State, cache and runtime directories for calls of racker, and what those have left in them. */
final class TestDirectories implements AutoCloseable {

    private final CommandRunner runner = new CommandRunner();
    private final Set<String> pulled = new HashSet<>();
    private final Path base;
    private final Path run;

    /** Makes them on a file system that can carry the upper directory of an overlay. */
    TestDirectories() {
        String unique = "cli-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        base = TestImage.base().resolve(unique);
        run = Path.of("/run/postroj").resolve(unique);
    }

    /** What is kept. */
    Path state() {
        return base.resolve("state");
    }

    /** What does not survive a reboot. */
    Path run() {
        return run;
    }

    /** A directory for what the tests of one class, or one test, make. */
    Path files(String owner) {
        try {
            return Files.createDirectories(base.resolve("files").resolve(owner));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says so once of each image that it is to be pulled. */
    boolean isNew(String image) {
        return pulled.add(image);
    }

    /** The variables that name the directories. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("RACKER_STATE_DIR", state().toString());
        environment.put("RACKER_CACHE_DIR", base.resolve("cache").toString());
        environment.put("RACKER_RUN_DIR", run.toString());
        environment.put("RACKER_IMAGES_DIR", base.resolve("images.d").toString());
        return environment;
    }

    /** What is left of machines and of containers that go with them, and the processes that use these directories. */
    List<String> leftovers() {
        List<String> left = new ArrayList<>();
        for (Path directory : List.of(
                run.resolve("machines"),
                run.resolve("network/addresses"),
                state().resolve("ephemeral"),
                state().resolve("names"))) {
            left.addAll(children(directory, "*"));
        }
        ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(run + "/"))
                .forEach(left::add);
        return left;
    }

    /** What only the next command removes when this one was killed: files of locks, and objects that were being made. */
    List<String> unfinished() {
        List<String> left = children(run.resolve("locks"), "*");
        for (String directory : List.of("layers", "oci", "images")) {
            left.addAll(children(state().resolve(directory), "{.tmp-*,oci-put-blob*}"));
        }
        return left;
    }

    private static List<String> children(Path directory, String names) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, names)) {
            children.forEach(child -> found.add(child.toString()));
        } catch (NoSuchFileException e) {
            return found; // never made
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** What is left of machines anywhere on this host, and of containers that stay. */
    List<String> residue() {
        return new Residue(new StateDirectories(state(), base.resolve("cache"), run)).lines();
    }

    /** Removes all of it. */
    @Override
    public void close() {
        try {
            eventuallyNothing(() -> {
                List<String> left = leftovers();
                left.addAll(residue());
                return left;
            });
        } finally {
            remove();
        }
    }

    private void remove() {
        runner.run(Command.of("rm", "-rf", "--one-file-system", base.toString(), run.toString())
                .timeout(Duration.ofMinutes(5)));
        runner.run(Command.of("rmdir", "--ignore-fail-on-non-empty", "--")
                .with(base.getParent().toString(), run.getParent().toString())
                .expectAny());
    }
}
