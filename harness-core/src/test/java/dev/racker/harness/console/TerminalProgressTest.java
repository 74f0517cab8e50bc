package dev.racker.harness.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void in_a_pipe_each_phase_is_a_line_and_nothing_else() {
        Progress progress = new TerminalProgress(err, false);

        try (Progress.Task task = progress.begin("Downloading it", 100)) {
            task.advance(50);
            progress.note("Took another way.");
            task.advance(50);
        }
        progress.begin("Unpacking it", -1).close();

        assertEquals("Downloading it\nTook another way.\nUnpacking it\n", text());
    }

    @Test
    void on_a_terminal_a_bar_grows_and_ends_as_a_line() {
        Progress progress = new TerminalProgress(err, true);

        Progress.Task task = progress.begin("Downloading it", 2000);
        assertEquals("Downloading it [" + " ".repeat(30) + "] 0B/2kB\n", text());
        task.advance(1000);
        progress.note("Half of it.");
        assertTrue(
                text().endsWith("\u001b[1A\u001b[JHalf of it.\nDownloading it [" + "=".repeat(15) + " ".repeat(15)
                        + "] 1kB/2kB\n"),
                text());
        task.advance(1000);
        task.finish();
        task.close();
        task.close();

        assertTrue(text().endsWith("\u001b[1A\u001b[JDownloading it: done, 2kB\n"), text());
    }

    @Test
    void on_a_terminal_a_bar_without_a_total_counts() {
        Progress progress = new TerminalProgress(err, true);

        try (Progress.Task task = progress.begin("Unpacking it", -1)) {
            assertEquals("Unpacking it ...\n", text());
            task.advance(1500);
            progress.note("More.");
        }

        assertTrue(text().contains("\nUnpacking it 1.5kB\n"), text());
    }

    @Test
    void what_was_given_up_is_not_called_done() {
        Progress progress = new TerminalProgress(err, true);

        Progress.Task task = progress.begin("Downloading it", 2000);
        task.advance(1000);
        task.close();

        assertTrue(text().endsWith("\r\u001b[1A\u001b[JDownloading it: given up, 1kB\n"), text());
    }

    @Test
    void a_bar_that_is_wider_than_the_terminal_stays_one_line() {
        new TerminalProgress(err, true).begin("Downloading it", -1);

        assertEquals("\u001b[?7lDownloading it ...\n\u001b[?7h", printed.toString(StandardCharsets.UTF_8));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8)
                .replace("\u001b[?7l", "")
                .replace("\u001b[?7h", "");
    }
}
