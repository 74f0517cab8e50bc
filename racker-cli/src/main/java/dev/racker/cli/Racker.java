package dev.racker.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code racker}: the command line of docker over booted machines. */
@Command(
        name = "racker",
        version = "racker 0.1.0",
        mixinStandardHelpOptions = true,
        description = "Boot real operating systems in containers and work in them.")
public final class Racker implements Callable<Integer> {
    private static final int FAILURE = 125;

    @Spec
    private CommandSpec spec;

    private Racker() {}

    /** The command line with all its commands; also what manual pages and completion are made from. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Racker());
        line.getCommandSpec().exitCodeOnInvalidInput(FAILURE);
        return line;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Tried to run racker, but no command was given.");
    }

    /** Runs the command line and exits with its status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
