package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The real program, started in a Java of its own, with state, cache and runtime directories of its own. */
final class TestRacker implements AutoCloseable {

    static final boolean MACHINED = "machined".equals(System.getProperty("racker.test.plane"));

    private static final long DEADLINE_SECONDS = 120;

    /** What a call printed and how it ended. */
    record Result(int status, byte[] bytes, String err) {

        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** The output of a call that must have worked. */
        String ok() {
            assertEquals(0, status, this::toString);
            return out();
        }

        @Override
        public String toString() {
            return "status " + status + "\nout: " + out() + "\nerr: " + err;
        }
    }

    private final CommandRunner runner = new CommandRunner();
    private final Path state;
    private final Path run;
    private final Map<String, String> environment = new TreeMap<>();

    private TestRacker(Path state, Path run) {
        this.state = state;
        this.run = run;
        environment.put("RACKER_STATE_DIR", state.resolve("state").toString());
        environment.put("RACKER_CACHE_DIR", state.resolve("cache").toString());
        environment.put("RACKER_RUN_DIR", run.toString());
        environment.put("RACKER_IMAGES_DIR", state.resolve("images.d").toString());
        environment.put("PASSED_ON", "from outside");
    }

    /** Makes the directories on a file system that can carry the upper directory of an overlay. */
    static TestRacker create() throws IOException {
        String unique = "cli-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        for (String candidate : List.of("/var/lib/postroj", "/var/lib", "/var/tmp")) {
            Path base = Path.of(candidate);
            if (Files.isDirectory(base) && !Files.getFileStore(base).type().equals("overlay")) {
                Path state = base.resolve("racker-tests").resolve(unique);
                Files.createDirectories(state.resolve("files"));
                return new TestRacker(state, Path.of("/run/racker-tests").resolve(unique));
            }
        }
        throw new AssertionError("no directory of this machine is on a file system of its own");
    }

    /** A directory for what a test makes. */
    Path files() {
        return state.resolve("files");
    }

    Path state() {
        return state.resolve("state");
    }

    Path runDirectory() {
        return run;
    }

    Map<String, String> environment() {
        return environment;
    }

    CommandRunner runner() {
        return runner;
    }

    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.racker.cli.Racker"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a call whose input and output are pipes. */
    Process start(String... arguments) throws IOException {
        return startWith(Map.of(), arguments);
    }

    /** The same, with further variables. */
    Process startWith(Map<String, String> variables, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments));
        builder.environment().putAll(environment);
        builder.environment().putAll(variables);
        return builder.start();
    }

    Result run(String... arguments) throws Exception {
        return run(new byte[0], arguments);
    }

    Result run(byte[] input, String... arguments) throws Exception {
        return finish(start(arguments), new ByteArrayInputStream(input));
    }

    static Result finish(Process process, InputStream input) throws Exception {
        CompletableFuture<byte[]> out =
                CompletableFuture.supplyAsync(() -> read(process.getInputStream()), task -> new Thread(task).start());
        CompletableFuture<byte[]> err =
                CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), task -> new Thread(task).start());
        try (OutputStream stdin = process.getOutputStream()) {
            input.transferTo(stdin);
        } catch (IOException e) {
            // It has ended without reading all of it.
        }
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("racker has not ended after " + DEADLINE_SECONDS + " s\n"
                    + new String(err.get(10, TimeUnit.SECONDS), StandardCharsets.UTF_8));
        }
        return new Result(
                process.exitValue(),
                out.get(DEADLINE_SECONDS, TimeUnit.SECONDS),
                new String(err.get(DEADLINE_SECONDS, TimeUnit.SECONDS), StandardCharsets.UTF_8));
    }

    private static byte[] read(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void signal(String signal, Process process) {
        runner.run(Command.of("kill", "-s", signal, Long.toString(process.pid())));
    }

    CommandResult tool(String... command) {
        return runner.run(Command.of(List.of(command)).timeout(Duration.ofMinutes(5)));
    }

    /**
     * Nothing of a machine or an ephemeral container is left in these directories, no lock, no unfinished object, nor a
     * process that uses them.
     */
    void assertNothingLeft() {
        assertEquals(List.of(), leftovers());
        assertEquals(List.of(), unfinished());
    }

    List<String> leftovers() {
        List<String> left = new ArrayList<>();
        for (Path directory : List.of(
                run.resolve("machines"),
                run.resolve("network/addresses"),
                state().resolve("ephemeral"),
                state().resolve("names"))) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
                children.forEach(child -> left.add(child.toString()));
            } catch (NoSuchFileException e) {
                continue; // never made
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> line.contains(run.toString() + "/"))
                        .orElse(false))
                .forEach(process -> left.add(process.info().commandLine().orElse("")));
        return left;
    }

    /** What only the next command removes when this one was killed: files of locks, and objects that were being made. */
    List<String> unfinished() {
        List<String> left = new ArrayList<>();
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(run.resolve("locks"))) {
            locks.forEach(lock -> left.add(lock.toString()));
        } catch (NoSuchFileException e) {
            return left; // nothing was ever made
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String directory : List.of("layers", "oci", "images")) {
            try (DirectoryStream<Path> unfinished =
                    Files.newDirectoryStream(state().resolve(directory), "{.tmp-*,oci-put-blob*}")) {
                unfinished.forEach(file -> left.add(file.toString()));
            } catch (NoSuchFileException e) {
                continue; // never made
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return left;
    }

    /** Looks again and again, for what nobody announces. */
    static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> what + " has not happened within 60 s");
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Override
    public void close() throws IOException {
        List<String> left = leftovers();
        runner.run(Command.of("rm", "-rf", "--one-file-system", state.toString(), run.toString())
                .timeout(Duration.ofMinutes(5)));
        for (Path parent : List.of(state.getParent(), run.getParent())) {
            try {
                Files.deleteIfExists(parent);
            } catch (DirectoryNotEmptyException e) {
                continue; // shared with test classes that run at the same time in another process
            }
        }
        assertEquals(List.of(), left);
    }
}
