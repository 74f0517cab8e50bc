package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.machine.Script;
import dev.racker.harness.process.Command;
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
    void a_supervisor_is_told_what_to_note_and_what_has_changed_meanwhile() throws IOException {
        Events events = new Events(run, new CommandRunner());
        Event left = LifeEvents.network("disconnect", RECORD, "lan", "12");
        EndNotes notes = EndNotes.in(run);
        notes.write(events, RECORD, List.of(left), false);
        notes.add(LifeEvents.network("disconnect", RECORD, "other", "34"));
        notes.remove(left);

        List<String> lines = Files.readAllLines(run.resolve("event"));
        assertEquals(3, lines.size(), lines::toString);
        assertEquals("- " + run.resolve("events"), lines.get(0));
        assertTrue(lines.get(1).startsWith(RECORD.id() + "\tnote="), lines.get(1));
        assertEquals("network\tdisconnect\t34\tcontainer=" + RECORD.id() + "\tname=other\ttype=bridge", lines.get(2));
    }

    @Test
    void the_end_of_a_machine_that_nobody_has_seen_is_noted_by_who_cleans_up() throws Exception {
        Event left = LifeEvents.network("disconnect", RECORD, "lan", "12");
        assertEquals(List.of("die", "disconnect"), cleanedUp("", left, null));
        assertEquals(
                "255", read(Instant.EPOCH, Instant.now()).get(0).attributes().get("exitCode"));
    }

    @Test
    void that_of_one_that_goes_with_its_owner_is_noted_when_that_is_dead() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();

        assertEquals(List.of("die", "destroy"), cleanedUp("name", null, dead.pid()));
    }

    @Test
    void that_of_one_whose_owner_lives_is_left_to_the_owner() throws Exception {
        assertEquals(List.of(), cleanedUp("name", null, ProcessHandle.current().pid()));
    }

    /** What is noted when the supervisor of a machine was killed; {@code owner} may be null. */
    private List<String> cleanedUp(String name, Event following, Long owner) throws Exception {
        Path machine = Files.createDirectory(run.resolve("machine"));
        Path container = Files.createDirectory(run.resolve("container"));
        Files.write(machine.resolve("supervise.sh"), Script.read("supervise.sh"));
        Files.writeString(machine.resolve("supervisor"), "1");
        EndNotes.in(machine)
                .write(
                        new Events(run, new CommandRunner()),
                        RECORD,
                        following == null ? List.of() : List.of(following),
                        owner != null);
        if (owner != null) {
            Path notes = machine.resolve("event");
            String own = ProcessHandle.current().pid() + " ";
            String written = Files.readString(notes);
            assertTrue(written.startsWith(own), written);
            Files.writeString(notes, owner + " " + written.substring(own.length()));
        }
        new CommandRunner()
                .run(Command.of(
                        "/bin/sh",
                        machine.resolve("supervise.sh").toString(),
                        "clean",
                        machine.toString(),
                        "",
                        "racker-of-no-test",
                        container.toString(),
                        name.isEmpty() ? "" : run.resolve(name).toString()));
        assertFalse(Files.exists(machine));
        return read(Instant.EPOCH, Instant.now()).stream().map(Event::action).toList();
    }

    @Test
    void events_of_many_at_once_have_no_id() {
        new Events(run, new CommandRunner()).note("image", "prune", "", "reclaimed", "7");

        Event read = read(Instant.EPOCH, Instant.now()).get(0);
        assertEquals("", read.id());
        assertEquals(Map.of("reclaimed", "7"), read.attributes());
    }

    @Test
    void the_notes_do_not_grow_for_ever() throws IOException {
        Files.writeString(run.resolve("events"), "x".repeat(2 << 20), StandardOpenOption.CREATE);
        new Events(run, new CommandRunner()).container("create", RECORD);

        assertTrue(Files.size(run.resolve("events")) < 1000);
        assertEquals(1, read(Instant.EPOCH, Instant.now()).size());
    }
}
