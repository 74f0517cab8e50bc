package dev.racker.cli;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Says in our words what picocli found wrong with a command line. */
final class Mistakes {

    private Mistakes() {}

    static String message(ParameterException failure) {
        if (failure instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing.getMissing().get(0));
        }
        ArgSpec argument = failure.getArgSpec();
        String value = failure.getValue();
        return argument == null || value == null
                ? failure.getMessage()
                : "Tried to read " + name(argument) + " \"" + value + "\", but that is " + expected(argument) + ".";
    }

    private static String missing(ArgSpec argument) {
        return argument.isOption()
                ? "Tried to read the option \"" + name(argument) + "\", but its value " + argument.paramLabel()
                        + " is missing."
                : "Tried to read the command line, but " + argument.paramLabel() + " is missing.";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String expected(ArgSpec argument) {
        Class<?> type = argument.auxiliaryTypes()[0];
        if (type == Boolean.class || type == boolean.class) {
            return "neither true nor false";
        }
        boolean number = type == Integer.class || type == int.class || type == Long.class || type == long.class;
        return number ? "no whole number, or too great a one" : "not what it takes";
    }
}
