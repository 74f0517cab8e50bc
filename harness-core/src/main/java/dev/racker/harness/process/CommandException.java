package dev.racker.harness.process;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A command could not be started, ended with a status that was not expected, or passed its deadline. */
public final class CommandException extends HarnessException {

    private static final long serialVersionUID = 1L;
    private static final int MOST_LINES = 20;

    /** Why a command failed. */
    public enum Reason {
        /** No such program on PATH. */
        NOT_FOUND,
        /** The program ended with a status that was not expected. */
        STATUS,
        /** A signal ended the program. */
        SIGNAL,
        /** The program was still running at its deadline and was killed. */
        TIMEOUT,
        /** The thread that waited was interrupted; the program was killed. */
        INTERRUPTED,
        /** The program could not be started, or its pipes failed. */
        IO
    }

    private final Reason reason;
    private final transient CommandResult result;

    private CommandException(Reason reason, CommandResult result, String message, String hint, Throwable cause) {
        super(message, hint, cause);
        this.reason = reason;
        this.result = result;
    }

    static CommandException notFound(Command command, IOException cause) {
        String program = command.arguments().get(0);
        return new CommandException(
                Reason.NOT_FOUND,
                null,
                "Tried to run " + program + ", but there is no such program on PATH.",
                "Install it; `racker info` names the package.",
                cause);
    }

    static CommandException io(Command command, IOException cause) {
        return new CommandException(
                Reason.IO, null, "Could not run: " + command + ": " + cause.getMessage(), null, cause);
    }

    static CommandException notEncodable(Command command, String encoding) {
        return new CommandException(
                Reason.IO,
                null,
                "Tried to run " + command + ", but this process's locale, " + encoding
                        + ", cannot express all of its arguments.",
                "Start this program with LC_ALL=C.UTF-8.",
                null);
    }

    static CommandException interrupted(Command command) {
        return new CommandException(
                Reason.INTERRUPTED, null, "Interrupted while running: " + command, null, new InterruptedException());
    }

    static CommandException timeout(Command command, CommandResult result) {
        return new CommandException(
                Reason.TIMEOUT,
                result,
                "Killed after " + seconds(command.timeout()) + " s without an end: " + command + said(result),
                null,
                null);
    }

    private static String seconds(Duration time) {
        return time.toMillisPart() == 0 ? Long.toString(time.toSeconds()) : Double.toString(time.toMillis() / 1000.0);
    }

    static CommandException status(Command command, CommandResult result) {
        boolean signalled = result.status() > 128 && result.status() <= 128 + 64;
        String how = signalled
                ? "was ended by signal " + (result.status() - 128)
                : "ended with exit status " + result.status();
        String message = command.arguments().get(0) + " " + how + ": " + command + said(result);
        return new CommandException(signalled ? Reason.SIGNAL : Reason.STATUS, result, message, null, null);
    }

    private static String said(CommandResult result) {
        String text = result.errorText().isEmpty() ? result.text() : result.errorText();
        if (text.isEmpty()) {
            return "";
        }
        String[] lines = text.split("\n");
        StringBuilder said = new StringBuilder();
        for (int i = Math.max(0, lines.length - MOST_LINES); i < lines.length; i++) {
            said.append("\n  ").append(lines[i]);
        }
        return said.toString();
    }

    /** Why it failed. */
    public Reason reason() {
        return reason;
    }

    /** What the command printed and how it ended; empty when it never ran. */
    public Optional<CommandResult> result() {
        return Optional.ofNullable(result);
    }
}
