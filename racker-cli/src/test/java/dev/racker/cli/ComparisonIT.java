package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.TestProgram;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** racker and podman do the same when they are given the same command lines; in the test host, where podman can. */
@ExtendWith(TestRacker.Own.class)
class ComparisonIT {

    private static final Path COMPARISON =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("comparison");
    private static final int FEWEST = 120;

    private final TestRacker racker;
    private final String network = "rkc" + ProcessHandle.current().pid();

    ComparisonIT(TestRacker racker) {
        this.racker = racker;
    }

    @BeforeEach
    void network() {
        racker.runner().run(Command.of("ip", "netns", "add", network));
        racker.runner().run(Command.of("ip", "-n", network, "link", "set", "lo", "up"));
    }

    @AfterEach
    void remove() {
        racker.runner()
                .run(podman(Command.of(COMPARISON.resolve("podman").toString(), "rm", "--all", "--force")
                        .timeout(Duration.ofMinutes(1))));
        Path storage = racker.files().resolve("podman");
        for (Path mount : List.of(storage.resolve("overlay"), storage)) { // which podman leaves
            racker.runner().run(Command.of("umount", mount.toString()).expectAny());
        }
        racker.runner()
                .run(Command.of(
                        "rm", "-rf", racker.runDirectory().resolve("podman").toString()));
        racker.runner().run(Command.of("ip", "netns", "delete", network));
    }

    @Test
    void both_do_what_is_expected_of_docker() throws Exception {
        Path program = TestProgram.script(racker.files().resolve("racker"), Map.of(), TestRacker.command());
        Path ours = images("racker-files");
        Path theirs = images("podman-files");
        Command first = run("racker", program, ours);
        for (var variable : racker.environment().entrySet()) {
            first = first.env(variable.getKey(), variable.getValue());
        }
        Command timed = first;
        CompletableFuture<CommandResult> racking =
                CompletableFuture.supplyAsync(() -> racker.runner().run(timed), task -> new Thread(task).start());

        CommandResult podman = racker.runner().run(podman(run("podman", COMPARISON.resolve("podman"), theirs)));

        check(podman);
        check(racking.get());
    }

    private static void check(CommandResult result) {
        List<String> wrong = new ArrayList<>();
        int done = 0;
        for (String line : result.text().split("\n")) {
            if (line.startsWith("not ok ") || line.startsWith("#")) {
                wrong.add(line);
            }
            done += line.startsWith("ok ") && !line.contains(" # SKIP ") ? 1 : 0;
        }
        assertEquals("", String.join("\n", wrong));
        assertEquals(0, result.status());
        assertTrue(done >= FEWEST, "only " + done + " command lines were tried");
    }

    private static Command run(String name, Path program, Path directory) {
        return Command.of(COMPARISON.resolve("run").toString(), name, program.toString(), directory.toString())
                .expectAny()
                .timeout(Duration.ofMinutes(8));
    }

    private Command podman(Command command) {
        return command.env("RACKER_COMPARISON_DIR", racker.files().toString())
                .env("RACKER_COMPARISON_RUN", racker.runDirectory().toString())
                .env("RACKER_COMPARISON_NETWORK", network);
    }

    private Path images(String name) throws IOException {
        Path files = Files.createDirectories(racker.files().resolve(name));
        Path tree = TestArchives.busybox(files.resolve("tree"));
        Files.createDirectories(tree.resolve("srv"));
        for (String applet :
                List.of("false", "touch", "chown", "hostname", "head", "df", "printf", "sed", "wc", "tr")) {
            Files.createSymbolicLink(tree.resolve("bin/" + applet), Path.of("/bin/busybox"));
        }
        Path entry =
                Files.writeString(tree.resolve("bin/entry"), "#!/bin/sh\nprintf '<%s> ' image \"$@\" | sed 's/ $//'\n");
        entry.toFile().setExecutable(true, false);
        put(tree, files, "box", "--config.cmd=sh");
        put(
                tree,
                files,
                "entry",
                "--config.entrypoint=entry",
                "--config.cmd=default",
                "--config.user=app",
                "--config.workingdir=/srv",
                "--config.env=FROM_IMAGE=yes",
                "--config.label=a=b");
        return files;
    }

    private static void put(Path tree, Path files, String name, String... configuration) throws IOException {
        Path copy = files.resolve(name + "-tree");
        Files.createSymbolicLink(copy, tree);
        Files.move(TestArchives.dockerArchive(copy, name + ":1", configuration), files.resolve(name + ".tar"));
    }
}
