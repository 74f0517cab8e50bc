package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.machine.MachinePlace;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogTest {

    private static final Instant NOON = Instant.parse("2024-02-29T12:00:00Z");

    @TempDir
    private Path directory;

    private MachinePlace place;

    @BeforeEach
    void make() {
        place = new MachinePlace(directory.resolve("run"), directory, null, null, false);
    }

    private void print(String... lines) {
        for (String line : lines) {
            Instant time = NOON.plusSeconds(Integer.parseInt(line));
            try {
                Files.writeString(
                        place.log(),
                        LogLine.start(time, false) + line + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private List<String> read(int last, Instant since, Instant until) {
        List<String> lines = new ArrayList<>();
        new ContainerLog(place, new CommandRunner()).read(last, since, until, false, line -> lines.add(line.text()));
        return lines;
    }

    @Test
    void the_last_lines_are_those_of_the_time_asked_for() {
        print("1", "2", "3", "4", "5");

        assertEquals(List.of("4", "5"), read(2, Instant.MIN, Instant.MAX));
        assertEquals(List.of("2", "3"), read(2, NOON.plusSeconds(1), NOON.plusSeconds(3)));
        assertEquals(List.of(), read(0, Instant.MIN, Instant.MAX));
        assertEquals(List.of("3", "4", "5"), read(Integer.MAX_VALUE, NOON.plusSeconds(3), Instant.MAX));
    }

    @Test
    void nothing_was_printed_where_there_is_no_log() {
        assertEquals(List.of(), read(Integer.MAX_VALUE, Instant.MIN, Instant.MAX));
    }

    @Test
    void all_of_it_is_handed_on_line_by_line_and_never_held_as_a_whole() {
        print("1", "2");
        List<String> lines = new ArrayList<>();

        new ContainerLog(place, new CommandRunner()).read(Integer.MAX_VALUE, Instant.MIN, Instant.MAX, false, line -> {
            lines.add(line.text());
            if (line.text().equals("1")) {
                print("3"); // who has read to the end before would not see that
            }
        });

        assertEquals(List.of("1", "2", "3"), lines);
    }
}
