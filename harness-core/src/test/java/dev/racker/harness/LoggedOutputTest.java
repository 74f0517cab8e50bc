package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.machine.MachinePlace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedOutputTest {

    @TempDir
    private Path directory;

    private MachinePlace place;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void make() throws IOException {
        place = new MachinePlace(
                Files.createDirectory(directory.resolve("run")),
                Files.createDirectory(directory.resolve("container")),
                null,
                null,
                false);
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> copy(boolean terminal, String stdout, String stderr) {
        LoggedOutput output = new LoggedOutput(new PrintStream(this.out), new PrintStream(this.err), terminal);
        output.copy(place, in(stdout), in(stderr));
        return output.await();
    }

    @Test
    void it_is_shown_as_it_is_and_is_in_the_log_in_lines() throws IOException {
        assertEquals(Optional.empty(), copy(false, "one\ntwo", "no\n"));

        assertEquals("one\ntwo", out.toString(StandardCharsets.UTF_8));
        assertEquals("no\n", err.toString(StandardCharsets.UTF_8));
        List<String> lines = Files.readAllLines(place.log()).stream()
                .map(line -> LogLine.parse(line).orElseThrow())
                .map(line -> line.isError() + " " + line.text())
                .sorted()
                .toList();
        assertEquals(List.of("false one", "false two", "true no"), lines);
    }

    @Test
    void one_that_was_made_with_a_terminal_has_all_of_it_byte_by_byte() throws IOException {
        copy(true, "one\r\ntw", "");

        assertEquals("one\r\ntw", Files.readString(place.terminalLog()));
    }

    @Test
    void a_log_that_cannot_be_written_is_told_and_what_is_shown_goes_on() throws IOException {
        Files.createDirectory(place.log());

        String failure = copy(false, "one\ntwo\n", "").orElseThrow();

        assertTrue(failure.contains(place.log().toString()), failure);
        assertEquals("one\ntwo\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void when_nobody_reads_any_more_the_pipe_is_closed_for_who_writes() throws IOException {
        PipedInputStream pipe = new PipedInputStream();
        PipedOutputStream payload = new PipedOutputStream(pipe);
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        LoggedOutput output = new LoggedOutput(new PrintStream(closed), new PrintStream(err), false);
        output.copy(place, pipe, in(""));
        payload.write('x');
        payload.flush();
        output.await();

        assertEquals("Pipe closed", failure(payload));
    }

    private static String failure(OutputStream payload) {
        try {
            payload.write('y');
            return "written";
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
