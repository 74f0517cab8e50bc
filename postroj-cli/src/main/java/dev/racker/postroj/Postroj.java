package dev.racker.postroj;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code postroj}: acceptance tests for packages and services on many distributions. */
@Command(
        name = "postroj",
        version = "postroj 0.1.0",
        mixinStandardHelpOptions = true,
        description = "Test packages and services on many distributions.")
public final class Postroj implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private Postroj() {}

    /** The command line; also what its manual page and completion are made from. */
    public static CommandLine commandLine() {
        return new CommandLine(new Postroj());
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Tried to run postroj, but it has no commands yet: they come in a later release. Use racker meanwhile.");
    }

    /** Runs the command line and exits with its status: 0, or 2 for a usage error. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
