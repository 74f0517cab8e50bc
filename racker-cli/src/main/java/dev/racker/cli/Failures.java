package dev.racker.cli;

import dev.racker.harness.ContainerStateException;
import dev.racker.harness.NoSuchContainerException;
import dev.racker.harness.NoSuchImageException;
import dev.racker.harness.Session;
import dev.racker.harness.console.Suggestions;
import dev.racker.harness.store.NameInUseException;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
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
        CommandSpec spec = failure.getCommandLine().getCommandSpec();
        String command = spec.qualifiedName();
        String help = "See `" + command + " --help`.";
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String word = word(unmatched, spec);
            String missing = DockerReference.why(command, word);
            err.println(command + ": " + (missing == null ? unknown(word, spec) : unsupported(word)));
            err.println((missing == null ? remedy(word, spec) : remedy(word, missing)) + help);
        } else {
            err.println(command + ": " + Mistakes.message(failure));
            err.println(help);
        }
        if (session.isDebug()) {
            failure.printStackTrace(err);
        }
        return ExitStatus.FAILURE;
    }

    /** The unknown option without the value that is attached to it; of combined short options the first unknown one. */
    private static String word(UnmatchedArgumentException failure, CommandSpec spec) {
        String word = failure.getUnmatched().get(0);
        if (word.length() > 1 && word.charAt(0) == '-' && word.charAt(1) != '-') {
            int unknown = 1;
            while (unknown < word.length() - 1 && spec.findOption(word.charAt(unknown)) != null) {
                unknown++;
            }
            return "-" + word.charAt(unknown);
        }
        int equals = word.indexOf('=');
        return word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
    }

    private static String unsupported(String word) {
        return (word.startsWith("-") ? "Tried to read the option \"" : "Tried to run the command \"") + word
                + "\" of docker, but racker does not support it.";
    }

    private static String remedy(String word, String why) {
        String sentence = why.isEmpty() ? "" : Character.toUpperCase(why.charAt(0)) + why.substring(1) + ". ";
        return word.startsWith("-") ? "Leave it out. " + sentence : sentence;
    }

    private static String unknown(String word, CommandSpec spec) {
        if (word.startsWith("-")) {
            return "Tried to read the option \"" + word + "\", but there is no such option.";
        }
        return spec.subcommands().isEmpty()
                ? "Tried to read \"" + word + "\", but there are more arguments than expected."
                : "Tried to run the command \"" + word + "\", but there is no such command.";
    }

    private static String remedy(String word, CommandSpec spec) {
        List<String> near = Suggestions.nearest(
                word,
                word.startsWith("-")
                        ? spec.optionsMap().keySet()
                        : spec.subcommands().keySet());
        return near.isEmpty() ? "" : "Did you mean " + String.join(" or ", near) + "? ";
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult result) {
        return tell(failure, line.getCommandName());
    }

    /** Tells a failure of a command, such as {@code create}, and gives the exit status. */
    int tell(Exception failure, String command) {
        session.tell(failure);
        return !command.equals("run") && isAboutItsObject(failure) ? ExitStatus.PARTIAL : ExitStatus.FAILURE;
    }

    /** What docker's daemon would answer: the image or container is not there, or is, or not in the state for this. */
    private static boolean isAboutItsObject(Exception failure) {
        return failure instanceof NoSuchImageException
                || failure instanceof NoSuchContainerException
                || failure instanceof NameInUseException
                || failure instanceof ContainerStateException;
    }
}
