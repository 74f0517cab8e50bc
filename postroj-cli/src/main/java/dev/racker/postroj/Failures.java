package dev.racker.postroj;

import dev.racker.harness.Session;
import dev.racker.harness.console.Suggestions;
import dev.racker.harness.distribution.InvalidPackageException;
import dev.racker.harness.evidence.InvalidGlobException;
import dev.racker.harness.image.InvalidReferenceException;
import dev.racker.harness.probe.InvalidProbeException;
import dev.racker.harness.report.UnwritableReportException;
import dev.racker.images.UnknownLabelException;
import dev.racker.postroj.plan.UsageException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
        CommandSpec spec = failure.getCommandLine().getCommandSpec();
        String message = failure instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched.getUnmatched().get(0), spec)
                : wrong(failure);
        session.err().println(spec.qualifiedName() + ": " + message);
        session.err().println("See `" + spec.qualifiedName() + " --help`.");
        if (session.isDebug()) {
            failure.printStackTrace(session.err());
        }
        return ExitStatus.USAGE;
    }

    /** The value that cannot be read, in our words where picocli speaks of Java's types. */
    private static String wrong(ParameterException failure) {
        ArgSpec argument = failure.getArgSpec();
        if (argument == null || failure.getValue() == null) {
            return failure.getMessage();
        }
        String tried = "Tried to read "
                + (argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel()) + " \""
                + failure.getValue() + "\", but ";
        Class<?> type = argument.type();
        if (type == int.class || type == Integer.class) {
            return tried + "it is no whole number.";
        }
        return type.isEnum() ? tried + "there are only " + names(type) + "." : failure.getMessage();
    }

    private static String names(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(constant.toString());
        }
        return String.join(" and ", names);
    }

    private static String unknown(String word, CommandSpec spec) {
        int equals = word.indexOf('=');
        String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
        boolean option = name.startsWith("-");
        String problem = "Tried to read \"" + name + "\", but there is no such " + (option ? "option." : "command.");
        if (!option && spec.subcommands().isEmpty()) {
            return "Tried to read \"" + name + "\", but there are more arguments than expected.";
        }
        List<String> near = Suggestions.nearest(
                name, option ? spec.optionsMap().keySet() : spec.subcommands().keySet());
        return near.isEmpty() ? problem : problem + " Did you mean " + String.join(" or ", near) + "?";
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult result) {
        return tell(failure);
    }

    /** Tells a failure of a command, and gives the exit status. */
    int tell(Exception failure) {
        session.tell(failure);
        return isUsage(failure) ? ExitStatus.USAGE : ExitStatus.ERROR;
    }

    /** What the user wrote is wrong, which nobody has to boot anything to see. */
    private static boolean isUsage(Exception failure) {
        return failure instanceof UsageException
                || failure instanceof InvalidReferenceException
                || failure instanceof UnknownLabelException
                || failure instanceof InvalidPackageException
                || failure instanceof InvalidProbeException
                || failure instanceof InvalidGlobException
                || failure instanceof UnwritableReportException;
    }
}
