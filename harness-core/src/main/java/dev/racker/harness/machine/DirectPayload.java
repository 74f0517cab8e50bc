package dev.racker.harness.machine;

import java.util.List;
import java.util.Optional;

/**
 * What runs in a machine that boots no init; immutable, made by {@link #of} and the methods that change one thing.
 *
 * @param arguments the program and its arguments
 * @param environment {@code NAME=value} for each variable
 * @param user {@code user[:group]}, names or numbers; empty for root
 * @param groups more groups of the process, names or numbers
 * @param directory the absolute working directory, or empty for {@code /}
 * @param terminal whether standard input and output are a terminal
 * @param init whether it runs under an init, instead of being the machine's first process
 * @param start how it is started without anything of its image; empty when the image has all that it takes, and
 *     nspawn's own init is the machine's first process
 */
public record DirectPayload(
        List<String> arguments,
        List<String> environment,
        String user,
        List<String> groups,
        String directory,
        boolean terminal,
        boolean init,
        Optional<PayloadStart> start) {

    /** Takes copies of the lists. */
    public DirectPayload {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        groups = List.copyOf(groups);
    }

    /** Runs a program as root in {@code /}, without variables, a terminal or an init. */
    public static DirectPayload of(List<String> arguments) {
        return new DirectPayload(arguments, List.of(), "", List.of(), "", false, false, Optional.empty());
    }

    /** Sets the environment, {@code NAME=value} each. */
    public DirectPayload env(List<String> variables) {
        return new DirectPayload(arguments, variables, user, groups, directory, terminal, init, start);
    }

    /** Sets the user, {@code user[:group]}, and more groups. */
    public DirectPayload as(String newUser, List<String> newGroups) {
        return new DirectPayload(arguments, environment, newUser, newGroups, directory, terminal, init, start);
    }

    /** Sets the absolute working directory. */
    public DirectPayload in(String newDirectory) {
        return new DirectPayload(arguments, environment, user, groups, newDirectory, terminal, init, start);
    }

    /** Says whether standard input and output are a terminal. */
    public DirectPayload onTerminal(boolean isTerminal) {
        return new DirectPayload(arguments, environment, user, groups, directory, isTerminal, init, start);
    }

    /** Says whether it runs under an init, which passes signals on and reaps orphans. */
    public DirectPayload underInit(boolean isUnderInit) {
        return new DirectPayload(arguments, environment, user, groups, directory, terminal, isUnderInit, start);
    }

    /** Says how it is started without anything of its image. */
    public DirectPayload startedBy(PayloadStart newStart) {
        return new DirectPayload(
                arguments, environment, user, groups, directory, terminal, init, Optional.of(newStart));
    }
}
