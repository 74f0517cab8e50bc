package dev.racker.harness.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what the journal holds after a cursor.
 *
 * <p>With {@code --after-cursor} journalctl(1), at least up to systemd 252, leaves out one entry too many when the filters
 * of the command do not match the cursor's own entry: it goes to the first one that they match, and then one further.
 */
final class JournalSince {

    private final Guest guest;
    private final String cursor;

    JournalSince(Guest guest, String cursor) {
        this.guest = guest;
        this.cursor = cursor;
    }

    /** Runs a command line of journalctl that names no place in the journal. */
    String read(List<String> command) {
        if (cursor.isEmpty()) {
            return guest.read(command.toArray(String[]::new));
        }
        // The first line of this format holds the cursor of the entry.
        String first = guest.read(with(command, "--cursor=" + cursor, "--output=verbose", "--lines=1"));
        if (first.isEmpty()) {
            return "";
        }
        boolean isTheCursors = first.split("\\n", 2)[0].contains("[" + cursor + "]");
        return guest.read(with(command, (isTheCursors ? "--after-cursor=" : "--cursor=") + cursor));
    }

    private static String[] with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
