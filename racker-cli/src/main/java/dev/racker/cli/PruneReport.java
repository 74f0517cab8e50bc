package dev.racker.cli;

import dev.racker.harness.Events;
import dev.racker.harness.console.ByteSize;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What was removed because nobody used it, told as docker does, and noted as an event. */
final class PruneReport {

    private final PrintStream out;
    private final Events events;
    private long total;

    PruneReport(PrintStream out, Events events) {
        this.out = out;
        this.events = events;
    }

    /**
     * Tells of one kind.
     *
     * @param kind as docker heads it: Containers
     * @param bytes that are free now
     */
    void tell(String kind, List<String> removed, long bytes) {
        total += bytes;
        String type = kind.toLowerCase(Locale.ROOT).substring(0, kind.length() - 1);
        events.note(type, "prune", "", "reclaimed", Long.toString(bytes));
        if (!removed.isEmpty()) {
            out.println("Deleted " + kind + ":");
            removed.forEach(out::println);
            out.println();
        }
    }

    /** Tells what is free now. */
    void total() {
        out.println("Total reclaimed space: " + ByteSize.text(total));
    }
}
