package dev.racker.harness.machine;

import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A process to run inside a machine; immutable.
 *
 * <p>Defaults: root, in {@code /}, no input, output captured, deadline of ten minutes.
 */
public final class Payload {

    private final List<String> arguments;
    private final List<String> environment;
    private final String user;
    private final String group;
    private final String directory;
    private final boolean terminal;
    private final Input input;
    private final Output output;
    private final Output error;
    private final Duration timeout;

    private Payload(
            List<String> arguments,
            List<String> environment,
            String user,
            String group,
            String directory,
            boolean terminal,
            Input input,
            Output output,
            Output error,
            Duration timeout) {
        this.arguments = arguments;
        this.environment = environment;
        this.user = user;
        this.group = group;
        this.directory = directory;
        this.terminal = terminal;
        this.input = input;
        this.output = output;
        this.error = error;
        this.timeout = timeout;
    }

    /** Names a program, looked up on the PATH inside unless it holds a slash, and its arguments. */
    public static Payload of(String program, String... arguments) {
        List<String> all = new ArrayList<>(arguments.length + 1);
        all.add(program);
        all.addAll(List.of(arguments));
        return of(all);
    }

    /** Names a program and its arguments in one list, which must not be empty. */
    public static Payload of(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a payload needs a program");
        }
        return new Payload(
                List.copyOf(arguments),
                List.of(),
                "",
                "",
                "/",
                false,
                Input.none(),
                Output.capture(),
                Output.capture(),
                Duration.ofMinutes(10));
    }

    /** Adds variables to the environment, {@code NAME=value} each; a later one replaces an earlier one. */
    public Payload env(List<String> variables) {
        List<String> all = new ArrayList<>(environment);
        all.addAll(variables);
        return new Payload(
                arguments, List.copyOf(all), user, group, directory, terminal, input, output, error, timeout);
    }

    /** Sets the user by name or number; empty for root. */
    public Payload user(String newUser) {
        return new Payload(arguments, environment, newUser, group, directory, terminal, input, output, error, timeout);
    }

    /** Sets the group by name or number; empty for the user's own. */
    public Payload group(String newGroup) {
        return new Payload(arguments, environment, user, newGroup, directory, terminal, input, output, error, timeout);
    }

    /** Sets the absolute working directory. */
    public Payload in(String newDirectory) {
        return new Payload(arguments, environment, user, group, newDirectory, terminal, input, output, error, timeout);
    }

    /** Gives the program a terminal of its own, connected to the one that this process has; streams are inherited. */
    public Payload onTerminal() {
        return new Payload(
                arguments,
                environment,
                user,
                group,
                directory,
                true,
                Input.inherit(),
                Output.inherit(),
                Output.inherit(),
                timeout);
    }

    /** Lets what the program prints appear on this process's own standard output and standard error as it comes. */
    public Payload streamed() {
        return stdout(Output.inherit()).stderr(Output.inherit());
    }

    /** Sets where standard input comes from. */
    public Payload stdin(Input newInput) {
        return new Payload(arguments, environment, user, group, directory, terminal, newInput, output, error, timeout);
    }

    /** Sets where standard output goes. */
    public Payload stdout(Output newOutput) {
        return new Payload(arguments, environment, user, group, directory, terminal, input, newOutput, error, timeout);
    }

    /** Sets where standard error goes. */
    public Payload stderr(Output newError) {
        return new Payload(arguments, environment, user, group, directory, terminal, input, output, newError, timeout);
    }

    /** Sets the time after which waiting for the program fails and it is stopped. */
    public Payload timeout(Duration newTimeout) {
        return new Payload(arguments, environment, user, group, directory, terminal, input, output, error, newTimeout);
    }

    /** The program and its arguments. */
    public List<String> arguments() {
        return arguments;
    }

    List<String> environment() {
        return environment;
    }

    String user() {
        return user;
    }

    String group() {
        return group;
    }

    String directory() {
        return directory;
    }

    boolean terminal() {
        return terminal;
    }

    Input input() {
        return input;
    }

    Output output() {
        return output;
    }

    Output error() {
        return error;
    }

    Duration timeout() {
        return timeout;
    }
}
