package dev.racker.cli;

import dev.racker.cli.TestRacker.Result;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Images that come and go as archives, in a store of each test. */
@ExtendWith(TestRacker.Own.class)
abstract class TransferCase {

    final CommandRunner runner = new CommandRunner();
    TestRacker racker;
    Path files;
    Path podman;

    @BeforeEach
    void create(TestRacker own) throws IOException {
        podman = Files.createTempDirectory("rk"); // podman takes no long names
        racker = own;
        files = racker.files();
    }

    @AfterEach
    void remove() {
        tool("rm", "-rf", podman.toString());
    }

    /** Makes an image of a busybox, and gives the archive. */
    Path imported(String name) throws Exception {
        Path archive = files.resolve("busybox.tar.gz");
        tool(
                "tar",
                "--create",
                "--gzip",
                "--file=" + archive,
                "--directory=" + TestArchives.busybox(files.resolve("tree")),
                ".");
        call("import", "-q", archive.toString(), name).ok();
        return archive;
    }

    /** A call in this process, which starts sooner; those with other input or binary output are programs of their own. */
    Result call(String... arguments) {
        TestSession session = new TestSession(racker.environment());
        int status = session.run(arguments);
        return new Result(status, session.out().getBytes(StandardCharsets.UTF_8), session.err());
    }

    static List<String> sorted(String lines) {
        return lines.lines().sorted().toList();
    }

    List<String> children(String directory) throws IOException {
        return list(racker.state().resolve(directory));
    }

    static List<String> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** A podman whose store is this test's own. */
    String podman(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "podman",
                "--root=" + podman.resolve("root"),
                "--runroot=" + podman.resolve("run"),
                "--storage-driver=vfs"));
        command.addAll(Arrays.asList(arguments));
        return run(Command.of(command));
    }

    void tool(String... command) {
        run(Command.of(Arrays.asList(command)));
    }

    String run(Command command) {
        return runner.run(command.timeout(Duration.ofMinutes(2))).text();
    }
}
