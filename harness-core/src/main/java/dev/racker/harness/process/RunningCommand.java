package dev.racker.harness.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;

/** A command that was started; closing it kills the program when it still runs, and reaps it. */
public final class RunningCommand implements AutoCloseable {

    private final Command command;
    private final Process process;
    private final ChildStreams streams;
    private final CompletableFuture<CommandResult> ended;

    private RunningCommand(
            Command command, Process process, ChildStreams streams, CompletableFuture<CommandResult> ended) {
        this.command = command;
        this.process = process;
        this.streams = streams;
        this.ended = ended;
    }

    static RunningCommand start(Command command, Map<String, String> environment) throws IOException {
        LaunchingExecutor executor = new LaunchingExecutor(command);
        CountDownLatch connected = new CountDownLatch(1);
        ChildStreams streams = ChildStreams.of(command, connected);
        executor.setStreamHandler(streams);
        CompletableFuture<CommandResult> ended = new CompletableFuture<>();
        CommandLine line = new CommandLine(command.arguments().get(0));
        executor.execute(line, environment, new ResultHandler(executor.launched(), streams, ended));
        try {
            Process process = executor.launched().join();
            connected.await();
            return new RunningCommand(command, process, streams, ended);
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            executor.launched().join().destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting " + command, e);
        }
    }

    /** Has the program end when the work is given up, in the way that its command says. */
    void heed(Cancellation cancellation) {
        Runnable end = switch (command.whenCancelled()) {
            case TERMINATE -> this::terminate;
            case CLOSE_INPUT -> this::closeInput;
            case GO_ON -> null;
        };
        if (end != null) {
            Cancellation.Registration registration = cancellation.onRequest(end);
            ended.whenComplete((result, failure) -> registration.close());
        }
    }

    private void closeInput() {
        try {
            stdin().close();
        } catch (IOException e) {
            terminate(); // the pipe is broken already
        }
    }

    /** The process id of the program. */
    public long pid() {
        return process.pid();
    }

    /** Where to write what the program reads; needs {@link Command.Input#pipe()}. */
    public OutputStream stdin() {
        return streams.stdin();
    }

    /** What the program writes to standard output; needs {@link Command.Output#pipe()}. */
    public InputStream stdout() {
        return streams.stdout();
    }

    /** What the program writes to standard error; needs {@link Command.Output#pipe()}. */
    public InputStream stderr() {
        return streams.stderr();
    }

    /** Completes when the program has ended and its pipes are read; never exceptionally for an exit status. */
    public CompletableFuture<CommandResult> ended() {
        return ended;
    }

    /** Says whether the program still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for the end of the program, whatever its exit status.
     *
     * @throws CommandException when the command's deadline passes first; the program is killed then
     */
    public CommandResult await() {
        return await(command.timeout());
    }

    /** Waits for the end of the program alone: whoever has inherited its pipes may hold them for longer. */
    public int awaitStatus() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw CommandException.interrupted(command);
        }
    }

    private CommandResult await(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
                process.waitFor();
                throw late();
            }
            // A descendant that was left behind may keep the pipes open for longer than the program ran.
            return ended.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw CommandException.interrupted(command);
        } catch (ExecutionException e) {
            throw CommandException.io(command, new IOException(e.getCause()));
        }
    }

    private CommandException late() {
        return CommandException.timeout(command, new CommandResult(137, streams.captured(), streams.capturedError()));
    }

    /** Asks the program to end with SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Kills the program with SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Kills the program when it still runs, and waits until it is gone. */
    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
        }
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        streams.abandon();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record ResultHandler(
            CompletableFuture<Process> launched, ChildStreams streams, CompletableFuture<CommandResult> ended)
            implements ExecuteResultHandler {

        @Override
        public void onProcessComplete(int status) {
            ended.complete(new CommandResult(status, streams.captured(), streams.capturedError()));
        }

        @Override
        public void onProcessFailed(ExecuteException failure) {
            launched.completeExceptionally(failure);
            ended.completeExceptionally(failure);
        }
    }
}
