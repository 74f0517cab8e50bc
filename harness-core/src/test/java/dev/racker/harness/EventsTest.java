package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.ContainerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {

    private static final ContainerRecord RECORD = new ContainerRecord(
            "ab".repeat(32),
            "web",
            "debian",
            List.of(),
            List.of(),
            Instant.EPOCH,
            false,
            Map.of("note", "two\twords\nand a line"));

    @TempDir
    private Path run;

    private List<Event> read(Instant since, Instant until) {
        List<Event> events = new ArrayList<>();
        new Events(run, new CommandRunner()).read(since, until, events::add);
        return events;
    }

    @Test
    void what_was_noted_is_told_in_its_order() {
        Events events = new Events(run, new CommandRunner());
        Instant before = Instant.now();
        events.container("create", RECORD);
        events.container("die", RECORD, "exitCode", "3");

        List<Event> read = read(before, Instant.now());

        assertEquals(List.of("create", "die"), read.stream().map(Event::action).toList());
        assertEquals("3", read.get(1).attributes().get("exitCode"));
        assertEquals("web", read.get(0).attributes().get("name"));
        assertEquals("two words and a line", read.get(0).attributes().get("note"));
        assertEquals(RECORD.id(), read.get(0).id());
    }

    @Test
    void what_has_happened_before_or_after_is_left_out() {
        new Events(run, new CommandRunner()).container("create", RECORD);
        Instant after = Instant.now();

        assertEquals(List.of(), read(after.plusNanos(1), after.plusNanos(1)));
        assertEquals(List.of(), read(Instant.EPOCH, Instant.EPOCH.plusSeconds(1)));
    }

    @Test
    void a_torn_line_is_left_out() throws IOException {
        Files.writeString(run.resolve("events"), "12\tcontainer\tst", StandardOpenOption.CREATE);

        assertEquals(List.of(), read(Instant.EPOCH, Instant.now()));
    }

    @Test
    void the_notes_do_not_grow_for_ever() throws IOException {
        Files.writeString(run.resolve("events"), "x".repeat(2 << 20), StandardOpenOption.CREATE);
        new Events(run, new CommandRunner()).container("create", RECORD);

        assertTrue(Files.size(run.resolve("events")) < 1000);
        assertEquals(1, read(Instant.EPOCH, Instant.now()).size());
    }
}
