package dev.racker.postroj.matrix;

import dev.racker.harness.report.CellReport;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The cells that are being tried, a line each with what they do and since when, drawn again whenever something changes
 * and each second; cells that have ended stay as lines above.
 */
public final class LiveTable implements Watcher {

    private static final long REDRAW_MILLIS = 1000;

    private final PrintStream err;
    private final int columns;
    private final int cells;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private int ended;
    private int lines;
    private int held;
    private boolean closed;
    private final List<String> unsaid = new ArrayList<>();

    private record Running(String text, String phase, long since) {}

    /**
     * Draws on a terminal.
     *
     * @param columns the terminal's width
     * @param cells how many cells there are in all
     */
    public LiveTable(PrintStream err, int columns, int cells) {
        this.err = err;
        this.columns = columns;
        this.cells = cells;
        Thread clock = new Thread(this::tick, "live table");
        clock.setDaemon(true);
        clock.start();
    }

    private synchronized void tick() {
        try {
            while (!closed) {
                wait(REDRAW_MILLIS);
                draw();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody looks any more
        }
    }

    @Override
    public synchronized void phase(String image, String subject, String phase) {
        String cell = image + "  " + subject;
        Running before = running.get(cell);
        running.put(cell, new Running(cell, phase, before == null ? System.nanoTime() : before.since()));
        draw();
    }

    @Override
    public synchronized void ended(CellReport report) {
        running.remove(report.image() + "  " + report.subject());
        ended++;
        clear();
        unsaid.add(PlainLines.line(report));
        draw();
    }

    @Override
    public void aside(Runnable work) {
        hold(1);
        try {
            work.run();
        } finally {
            hold(-1);
        }
    }

    private synchronized void hold(int more) {
        clear();
        err.flush();
        held += more;
        draw();
    }

    @Override
    public synchronized void close() {
        closed = true;
        clear();
        say();
        err.flush();
        notifyAll();
    }

    private void clear() {
        if (lines > 0) {
            err.print("\r\u001b[" + lines + "A\u001b[J");
            lines = 0;
        }
    }

    private void say() {
        unsaid.forEach(err::println);
        unsaid.clear();
    }

    private void draw() {
        clear();
        if (closed || held > 0) {
            return;
        }
        say();
        long now = System.nanoTime();
        for (Running cell : running.values()) {
            line(String.format(
                    Locale.ROOT,
                    "...     %s  %d s  %s",
                    cell.text(),
                    (now - cell.since()) / 1_000_000_000,
                    cell.phase()));
        }
        line(ended + " of " + cells + " done");
        err.flush();
    }

    /** Cut to the terminal's width: a line that wraps would be two when the cursor goes up. */
    private void line(String text) {
        err.println(text.length() < columns ? text : text.substring(0, Math.max(0, columns - 1)));
        lines++;
    }
}
