package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells failures: one line says what failed, one what to do; a stack trace only with {@code --debug}. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Session session;

    Failures(Session session) {
        this.session = session;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        PrintStream err = session.err();
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        err.println(command + ": " + failure.getMessage());
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                err.println("Did you mean " + String.join(" or ", suggestions) + "?");
            }
        }
        err.println("See `" + command + " --help`.");
        if (session.isDebug()) {
            failure.printStackTrace(err);
        }
        return ExitStatus.FAILURE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult result) {
        tell(failure);
        return ExitStatus.FAILURE;
    }

    /** Tells one failure of several; the command goes on. */
    void tell(Exception failure) {
        PrintStream err = session.err();
        if (failure instanceof HarnessException known) {
            err.println("racker: " + known.getMessage());
            known.hint().ifPresent(err::println);
        } else {
            err.println("racker: This is a defect of racker: " + failure);
            err.println("Run it again with --debug, and report what it prints.");
        }
        if (session.isDebug()) {
            failure.printStackTrace(err);
        }
    }
}
