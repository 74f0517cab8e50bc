package dev.racker.harness.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;

/**
 * An executor that lets a child share this process's own streams or write to a file, which Commons Exec by itself,
 * always between the two with pipes, does not; a payload needs the real terminal.
 */
final class LaunchingExecutor extends DefaultExecutor {

    private final Command command;
    private final CompletableFuture<Process> launched = new CompletableFuture<>();

    @SuppressWarnings("deprecation") // the builder cannot make a subclass
    LaunchingExecutor(Command command) {
        this.command = command;
        setExitValues(null);
    }

    CompletableFuture<Process> launched() {
        return launched;
    }

    /** Whoever waits for a child waits in a thread of his own; a program must be able to end without this one. */
    @Override
    protected Thread createThread(Runnable task, String name) {
        Thread thread = super.createThread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    protected Process launch(CommandLine line, Map<String, String> environment, Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.arguments());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.directory(
                command.directory() == null
                        ? new File("/")
                        : command.directory().toFile());
        builder.redirectInput(input());
        builder.redirectOutput(output(command.output(), Redirect.INHERIT));
        builder.redirectError(output(command.error(), Redirect.INHERIT));
        try {
            Process process = builder.start();
            launched.complete(process);
            return process;
        } catch (IOException e) {
            launched.completeExceptionally(e);
            throw e;
        }
    }

    private Redirect input() {
        if (command.input().inherited()) {
            return Redirect.INHERIT;
        }
        boolean fed = command.input().piped() || command.input().bytes() != null;
        return fed ? Redirect.PIPE : Redirect.from(new File("/dev/null"));
    }

    private static Redirect output(Command.Output output, Redirect inherited) {
        return switch (output.kind()) {
            case INHERIT -> inherited;
            case DISCARD -> Redirect.DISCARD;
            case FILE -> Redirect.appendTo(output.file().toFile());
            case CAPTURE, PIPE -> Redirect.PIPE;
        };
    }
}
