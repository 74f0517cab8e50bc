package dev.racker.harness;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.store.StateDirectories;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program of this project that runs in a Java of its own, with the class path of the tests. */
public final class TestProgram {

    private TestProgram() {}

    /**
     * How it ended, and what it printed.
     *
     * @param status its exit status
     * @param out its standard output
     * @param err its standard error
     */
    public record Ended(int status, byte[] out, String err) {}

    /** The command line that starts a class with arguments. */
    public static List<String> command(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** A program that is told its directories, then the arguments, and talks through a pipe. */
    public static Command inStore(StateDirectories directories, Class<?> main, String... arguments) {
        return Command.of(command(
                        main.getName(),
                        directories.state().toString(),
                        directories.cache().toString(),
                        directories.run().toString()))
                .with(arguments)
                .expectAny()
                .stdout(Output.pipe());
    }

    /** Writes a program that sets variables and becomes a command, to which it hands on its arguments. */
    public static Path script(Path file, Map<String, String> environment, List<String> command) throws IOException {
        StringBuilder script = new StringBuilder("#!/bin/sh\n");
        environment.forEach((name, value) ->
                script.append("export ").append(name).append("='").append(value).append("'\n"));
        script.append("exec ").append(Command.of(command)).append(" \"$@\"\n");
        Files.writeString(file, script);
        Files.setAttribute(file, "unix:mode", 0755);
        return file;
    }

    /** Gives a process all of its input and reads all of its output; one that takes longer than it may fails. */
    public static Ended finish(Process process, InputStream input, Duration deadline) throws Exception {
        CompletableFuture<byte[]> out = reading(process.getInputStream());
        CompletableFuture<byte[]> err = reading(process.getErrorStream());
        try (OutputStream stdin = process.getOutputStream()) {
            input.transferTo(stdin);
        } catch (IOException e) {
            // It has ended without reading all of it.
        }
        long seconds = deadline.toSeconds();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the program has not ended after " + seconds + " s\n" + text(err, seconds));
        }
        return new Ended(process.exitValue(), out.get(seconds, TimeUnit.SECONDS), text(err, seconds));
    }

    private static String text(CompletableFuture<byte[]> stream, long seconds) throws Exception {
        return new String(stream.get(seconds, TimeUnit.SECONDS), StandardCharsets.UTF_8);
    }

    private static CompletableFuture<byte[]> reading(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return stream.readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> new Thread(task).start());
    }
}
