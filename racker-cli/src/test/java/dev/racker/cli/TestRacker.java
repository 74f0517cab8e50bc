package dev.racker.cli;

import static dev.racker.harness.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.TestProgram;
import dev.racker.harness.TestProgram.Ended;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real program, started in a Java of its own; tests get it with {@code @ExtendWith(TestRacker.Shared.class)}, or
 * {@code Own}, and a parameter.
 */
final class TestRacker {

    static final boolean MACHINED = "machined".equals(System.getProperty("racker.test.plane"));

    private static final Duration DEADLINE = Duration.ofMinutes(2);

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
    private final Map<String, String> environment = new TreeMap<>();
    private final TestDirectories directories;
    private final String owner;

    /** Takes the directories, and the name of the tests that use them, which have files of their own there. */
    TestRacker(TestDirectories directories, String owner) {
        this.directories = directories;
        this.owner = owner;
        environment.putAll(directories.environment());
        environment.put("PASSED_ON", "from outside");
    }

    /** A Debian that boots; pulled when it is first asked for. */
    String debian() throws Exception {
        return pulled(TestArchives.debian());
    }

    /** A busybox without init, see {@link TestArchives#busybox(Path)}; pulled when it is first asked for. */
    String busybox() throws Exception {
        Path tree = directories.files("images").resolve("busybox");
        if (Files.notExists(tree)) {
            TestArchives.tar(TestArchives.busybox(tree));
        }
        return pulled(tree.resolveSibling("busybox.tar"));
    }

    private String pulled(Path archive) throws Exception {
        String image = archive.toString();
        if (directories.isNew(image)) {
            run("pull", "--quiet", image).ok();
        }
        return image;
    }

    /** A directory for what a test makes. */
    /** Runs a call on containers and images of another state directory. */
    Result runIn(Path state, String... arguments) throws Exception {
        Process process = startWith(Map.of("RACKER_STATE_DIR", state.toString()), arguments);
        return finish(process, InputStream.nullInputStream());
    }

    /** Makes the empty file that a container waits for; it may end with all that runs in it before that is told. */
    void release(String container, String file) throws Exception {
        Result touched = run("exec", container, "touch", file);
        assertTrue(touched.status() == 0 || touched.status() == 137, touched.toString());
    }

    Path files() {
        return directories.files(owner);
    }

    Path state() {
        return directories.state();
    }

    Path runDirectory() {
        return directories.run();
    }

    Map<String, String> environment() {
        return environment;
    }

    CommandRunner runner() {
        return runner;
    }

    static List<String> command(String... arguments) {
        return TestProgram.command("dev.racker.cli.Racker", arguments);
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
        Ended ended = TestProgram.finish(process, input, DEADLINE);
        return new Result(ended.status(), ended.out(), ended.err());
    }

    void signal(String signal, Process process) {
        runner.run(Command.of("kill", "-s", signal, Long.toString(process.pid())));
    }

    CommandResult tool(String... command) {
        return runner.run(Command.of(List.of(command)).timeout(Duration.ofMinutes(5)));
    }

    /** Removes all containers, and waits until nothing of their machines is left. */
    void removeContainers() throws Exception {
        List<String> words = new ArrayList<>(List.of("rm", "--force"));
        words.addAll(run("ps", "--all", "--quiet").ok().lines().toList());
        if (words.size() > 2) {
            run(words.toArray(String[]::new)).ok();
        }
        eventually("the end of all machines", () -> leftovers().isEmpty());
    }

    /**
     * Nothing of a machine or an ephemeral container is left in these directories, no lock, no unfinished object, nor a
     * process that uses them.
     */
    void assertNothingLeft() {
        assertEquals(List.of(), leftovers());
        assertEquals(List.of(), directories.unfinished());
    }

    List<String> leftovers() {
        return directories.leftovers();
    }

    /** Gives tests the program with the directories of their process, where images need be pulled but once. */
    static final class Shared extends RackerExtension {

        Shared() {
            super(ExtensionContext::getRoot);
        }
    }

    /**
     * Gives tests the program with directories of their own: those of a class to its constructor and what comes before
     * all tests, and each test its own to what comes before it.
     */
    static final class Own extends RackerExtension {

        Own() {
            super(UnaryOperator.identity());
        }
    }
}
