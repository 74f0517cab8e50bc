package dev.racker.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Residue;
import dev.racker.harness.TestArchives;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StateDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in {@code doc/library.rst} do what the document says, with a real machine. */
class LibraryPageIT {

    private static final CommandRunner RUNNER = new CommandRunner();

    private static final Path IMAGE = TestArchives.bootable();

    private static Path directory;

    @TempDir
    Path work;

    @BeforeAll
    static void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("racker-doc-");
    }

    /** Layers hold files that only rm(1) can be trusted with. */
    @AfterAll
    static void removeState() {
        RUNNER.run(Command.of("rm", "-rf", "--one-file-system", "--", directory.toString()));
    }

    @Test
    void the_first_program_boots_runs_copies_waits_and_reads_the_journal() throws IOException {
        Path motd = Files.writeString(work.resolve("motd"), "hello from outside\n");
        Path copy = work.resolve("copy");

        String printed = run(0, IMAGE.toString(), motd.toString(), copy.toString());

        assertEquals("hello from outside\n", Files.readString(copy));
        assertTrue(printed.startsWith("postroj-bookworm-bootable-"), printed);
        assertTrue(printed.contains("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\""), printed);
        assertTrue(printed.contains("dbus.service"), printed);
        assertNothingRuns();
    }

    @Test
    void the_second_program_follows_a_service_and_waits_for_its_port() throws IOException {
        String printed = run(1, IMAGE.toString());

        assertTrue(printed.contains("Listening on"), printed);
        assertTrue(printed.contains("port 8080 is open"), printed);
        assertNothingRuns();
    }

    /** In a Java of its own, as its reader would; gives what it printed. */
    private String run(int index, String... arguments) throws IOException {
        JavaExample example = JavaExample.all().get(index);
        assertEquals("", example.compile(work));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                work + ":" + JavaExample.classPath(),
                example.name()));
        command.addAll(List.of(arguments));
        CommandResult result = RUNNER.run(Command.of(command)
                .env("RACKER_STATE_DIR", directory.resolve("state").toString())
                .env("RACKER_CACHE_DIR", directory.resolve("cache").toString())
                .env("RACKER_RUN_DIR", directory.resolve("run").toString())
                .timeout(Duration.ofMinutes(3))
                .expectAny());

        assertEquals("", result.errorText());
        assertEquals(0, result.status());
        return result.text();
    }

    private static void assertNothingRuns() {
        StateDirectories directories =
                new StateDirectories(directory.resolve("state"), directory.resolve("cache"), directory.resolve("run"));
        assertEquals(List.of(), new Residue(directories).lines());
    }
}
