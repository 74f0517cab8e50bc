package dev.racker.harness;

import static dev.racker.harness.Eventually.eventually;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** A real terminal: a window of tmux in which a shell waits; closing it ends what runs there. */
public final class TmuxWindow implements AutoCloseable {

    private final CommandRunner runner = new CommandRunner();
    private final String server;

    /**
     * Opens it, and waits for the shell.
     *
     * @param directory where its socket is
     */
    public TmuxWindow(Path directory, int columns, int rows) {
        // One for each: a server that was told to end may still answer for a moment.
        server =
                directory.resolve("tmux-" + Long.toHexString(System.nanoTime())).toString();
        String[] size = {"-x", Integer.toString(columns), "-y", Integer.toString(rows)};
        runner.run(tmux("-f", "/dev/null", "new-session", "-d").with(size).with("env", "PS1=outside> ", "sh"));
        await("outside> ?$");
    }

    private Command tmux(String... arguments) {
        return Command.of("tmux", "-S", server).with(arguments).timeout(Duration.ofSeconds(30));
    }

    /** Types a line. */
    public void type(String line) {
        runner.run(tmux("send-keys", "-l", line));
        press("Enter");
    }

    /** Presses keys, named as tmux(1) names them. */
    public void press(String... keys) {
        runner.run(tmux("send-keys").with(keys));
    }

    /** Makes it this large. */
    public void resize(int columns, int rows) {
        runner.run(tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows)));
    }

    /** What it shows. */
    public String screen() {
        return runner.run(tmux("capture-pane", "-p", "-J")).text().stripTrailing();
    }

    /** Waits until it shows something; {@code ^} and {@code $} are ends of lines. */
    public void await(String pattern) {
        Pattern wanted = Pattern.compile(pattern, Pattern.MULTILINE);
        try {
            eventually(pattern, () -> wanted.matcher(screen()).find());
        } catch (AssertionError e) {
            throw new AssertionError("\"" + pattern + "\" is not on the screen:\n" + screen(), e);
        }
    }

    @Override
    public void close() {
        runner.run(tmux("kill-server"));
    }
}
