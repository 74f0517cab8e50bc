package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.AtomicFiles;
import dev.racker.harness.store.ContainerRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the supervisor of a machine has to know to note events when nobody else is there: in the file {@code event} of the
 * machine's runtime directory who else may be there and where they go, what is said about the container in each of its
 * own, and a line for each that its end brings for others.
 */
record EndNotes(Path file) {

    private static final int FIXED = 2;

    static EndNotes in(Path run) {
        return new EndNotes(run.resolve("event"));
    }

    /**
     * Writes them down.
     *
     * @param owned whether this process notes the end itself, as long as it lives
     */
    void write(Events events, ContainerRecord record, List<Event> following, boolean owned) {
        StringBuilder text = new StringBuilder(512)
                .append(owned ? ProcessHandle.current().pid() : "-")
                .append(' ')
                .append(events.file())
                .append('\n')
                .append(about(record))
                .append('\n');
        following.forEach(event -> text.append(event.rest()).append('\n'));
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The action stands between the type and the id. */
    private static String about(ContainerRecord record) {
        String rest = Event.of("", record).rest();
        return rest.substring(rest.indexOf('\t') + 2);
    }

    /** The end is noted by now, or is going to be by this process. */
    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The container has another name. */
    void renamed(ContainerRecord record) {
        change(lines -> {
            lines.set(1, about(record));
            return lines;
        });
    }

    /** The end of the machine brings one more. */
    void add(Event event) {
        change(lines -> {
            lines.add(event.rest());
            return lines;
        });
    }

    /** The end of the machine does not bring that any more. */
    void remove(Event event) {
        change(lines -> {
            lines.remove(event.rest());
            return lines;
        });
    }

    private void change(UnaryOperator<List<String>> change) {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            if (lines.size() >= FIXED) {
                String text = String.join("\n", change.apply(lines)) + "\n";
                AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (NoSuchFileException e) {
            return; // nobody supervises it who would note anything
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private HarnessException failed(IOException cause) {
        return new HarnessException(
                "Tried to note events in " + file + ", but: " + cause.getMessage() + ".", null, cause);
    }
}
