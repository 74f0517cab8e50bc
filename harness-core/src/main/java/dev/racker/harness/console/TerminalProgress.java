package dev.racker.harness.console;

import dev.racker.harness.progress.Progress;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Draws a bar for each phase of work on a terminal; prints one line for each elsewhere. */
public final class TerminalProgress implements Progress {

    private static final int BAR = 30;
    private static final long REDRAW_NANOS = 100_000_000;

    /** DECAWM: a bar that is wider than the terminal ends at its edge, so that it is one line to draw over. */
    private static final String UNWRAPPED = "\u001b[?7l";

    private static final String WRAPPED = "\u001b[?7h";

    private final PrintStream err;
    private final boolean terminal;
    private final List<Bar> drawn = new ArrayList<>();
    private long lastDrawn;
    private int lines;

    TerminalProgress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** Draws when standard error is a terminal that can be drawn on. */
    public static TerminalProgress on(PrintStream err) {
        return new TerminalProgress(err, Terminals.isTerminal(2) && !"dumb".equals(System.getenv("TERM")));
    }

    @Override
    public synchronized Task begin(String label, long total) {
        Bar bar = new Bar(label, total);
        if (terminal) {
            drawn.add(bar);
            draw(true);
        } else {
            err.println(label);
        }
        return bar;
    }

    @Override
    public synchronized void note(String line) {
        clear();
        err.println(line);
        draw(true);
    }

    private void clear() {
        if (lines > 0) {
            err.print("\r\u001b[" + lines + "A\u001b[J"); // a terminal that echoes ^C has moved on
            lines = 0;
        }
    }

    private void draw(boolean now) {
        if (!terminal || (!now && System.nanoTime() - lastDrawn < REDRAW_NANOS)) {
            return;
        }
        clear();
        if (!drawn.isEmpty()) {
            StringBuilder text = new StringBuilder(UNWRAPPED);
            for (Bar bar : drawn) {
                text.append(bar.text()).append('\n');
                lines++;
            }
            err.print(text.append(WRAPPED));
        }
        err.flush();
        lastDrawn = System.nanoTime();
    }

    private synchronized void advanced(Bar bar, long amount) {
        bar.done += amount;
        draw(false);
    }

    /** A phase that has ended stays as a line above those that are still drawn. */
    private synchronized void ended(Bar bar) {
        if (terminal && drawn.remove(bar)) {
            clear();
            err.println(bar.label
                    + (bar.finished ? ": done" : ": given up")
                    + (bar.done > 0 ? ", " + ByteSize.text(bar.done) : ""));
            draw(true);
        }
    }

    private final class Bar implements Task {
        private final String label;
        private final long total;
        private long done;
        private boolean finished;

        Bar(String label, long total) {
            this.label = label;
            this.total = total;
        }

        @Override
        public void advance(long amount) {
            advanced(this, amount);
        }

        @Override
        public void finish() {
            synchronized (TerminalProgress.this) {
                finished = true;
            }
        }

        @Override
        public void close() {
            ended(this);
        }

        String text() {
            if (total <= 0) {
                return label + (done > 0 ? " " + ByteSize.text(done) : " ...");
            }
            int filled = (int) Math.min(BAR, BAR * done / total);
            return label + " [" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + ByteSize.text(done) + "/"
                    + ByteSize.text(total);
        }
    }
}
