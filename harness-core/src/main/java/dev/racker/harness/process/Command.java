package dev.racker.harness.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program with its arguments and everything that decides how it runs; immutable.
 *
 * <p>The program gets its arguments as a list and never through a shell, an environment that holds only what the
 * runner lets through plus what is set here, and a closed standard input unless one is given. Defaults: no directory,
 * exit status 0 expected, deadline of ten minutes.
 */
public final class Command {

    /** The deadline of a command that names none. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private final List<String> arguments;
    private final Map<String, String> environment;
    private final Path directory;
    private final Duration timeout;
    private final Set<Integer> expected;
    private final Input input;
    private final Output output;
    private final Output error;
    private final Set<String> secrets;
    private final WhenCancelled whenCancelled;

    /** What becomes of a program when the work that it is a part of is given up. */
    public enum WhenCancelled {
        /** It gets SIGTERM; the default. */
        TERMINATE,
        /** Its standard input, a pipe, is closed, and it ends by itself. */
        CLOSE_INPUT,
        /** It goes on, and may be started even then: it cleans up, or somebody else ends it. */
        GO_ON
    }

    private Command(
            List<String> arguments,
            Map<String, String> environment,
            Path directory,
            Duration timeout,
            Set<Integer> expected,
            Input input,
            Output output,
            Output error,
            Set<String> secrets,
            WhenCancelled whenCancelled) {
        this.arguments = arguments;
        this.environment = environment;
        this.directory = directory;
        this.timeout = timeout;
        this.expected = expected;
        this.input = input;
        this.output = output;
        this.error = error;
        this.secrets = secrets;
        this.whenCancelled = whenCancelled;
    }

    /** Names a program, looked up on PATH unless it holds a slash, and its arguments. */
    public static Command of(String program, String... arguments) {
        List<String> all = new ArrayList<>(arguments.length + 1);
        all.add(program);
        Collections.addAll(all, arguments);
        return of(all);
    }

    /** Names a program and its arguments in one list, which must not be empty. */
    public static Command of(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        return new Command(
                List.copyOf(arguments),
                Map.of(),
                null,
                DEFAULT_TIMEOUT,
                Set.of(0),
                Input.none(),
                Output.capture(),
                Output.capture(),
                Set.of(),
                WhenCancelled.TERMINATE);
    }

    /** Adds arguments at the end. */
    public Command with(String... more) {
        List<String> all = new ArrayList<>(arguments);
        Collections.addAll(all, more);
        return new Command(
                List.copyOf(all),
                environment,
                directory,
                timeout,
                expected,
                input,
                output,
                error,
                secrets,
                whenCancelled);
    }

    /** Sets one variable of the program's environment. */
    public Command env(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put(name, value);
        return new Command(arguments, all, directory, timeout, expected, input, output, error, secrets, whenCancelled);
    }

    /** Sets the working directory; without it the program starts in {@code /}. */
    public Command in(Path newDirectory) {
        return new Command(
                arguments, environment, newDirectory, timeout, expected, input, output, error, secrets, whenCancelled);
    }

    /** Sets the time after which the program is killed and the call fails. */
    public Command timeout(Duration newTimeout) {
        return new Command(
                arguments, environment, directory, newTimeout, expected, input, output, error, secrets, whenCancelled);
    }

    /** Sets the exit statuses that are not failures. */
    public Command expect(Integer... statuses) {
        return new Command(
                arguments,
                environment,
                directory,
                timeout,
                Set.of(statuses),
                input,
                output,
                error,
                secrets,
                whenCancelled);
    }

    /** Accepts every exit status; the caller looks at it. */
    public Command expectAny() {
        return new Command(
                arguments, environment, directory, timeout, Set.of(), input, output, error, secrets, whenCancelled);
    }

    /** Sets where standard input comes from. */
    public Command stdin(Input newInput) {
        return new Command(
                arguments, environment, directory, timeout, expected, newInput, output, error, secrets, whenCancelled);
    }

    /** Sets where standard output goes. */
    public Command stdout(Output newOutput) {
        return new Command(
                arguments, environment, directory, timeout, expected, input, newOutput, error, secrets, whenCancelled);
    }

    /** Sets where standard error goes. */
    public Command stderr(Output newError) {
        return new Command(
                arguments, environment, directory, timeout, expected, input, output, newError, secrets, whenCancelled);
    }

    /** Marks an argument that {@link #toString()}, and so every message, shows as {@code ***}. */
    public Command secret(String argument) {
        Set<String> all = new java.util.HashSet<>(secrets);
        all.add(argument);
        return new Command(
                arguments,
                environment,
                directory,
                timeout,
                expected,
                input,
                output,
                error,
                Set.copyOf(all),
                whenCancelled);
    }

    /** Says what becomes of the program when the work is given up. */
    public Command whenCancelled(WhenCancelled what) {
        return new Command(arguments, environment, directory, timeout, expected, input, output, error, secrets, what);
    }

    /** The program and its arguments. */
    public List<String> arguments() {
        return arguments;
    }

    /** The variables set on top of what the runner lets through. */
    public Map<String, String> environment() {
        return Collections.unmodifiableMap(environment);
    }

    WhenCancelled whenCancelled() {
        return whenCancelled;
    }

    Path directory() {
        return directory;
    }

    Duration timeout() {
        return timeout;
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

    boolean expects(int status) {
        return expected.isEmpty() || expected.contains(status);
    }

    /** The command as one line that can be pasted into a POSIX shell; secrets are masked. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        if (directory != null) {
            line.append("cd ").append(ShellQuoting.quote(directory.toString())).append(" && ");
        }
        environment.forEach((name, value) ->
                line.append(name).append('=').append(ShellQuoting.quote(value)).append(' '));
        for (String argument : arguments) {
            line.append(secrets.contains(argument) ? "'***'" : ShellQuoting.quote(argument))
                    .append(' ');
        }
        line.setLength(line.length() - 1);
        return line.toString();
    }

    /** Where a program's standard input comes from. */
    public static final class Input {
        private static final Input NONE = new Input(null, false, false);
        private static final Input INHERIT = new Input(null, true, false);
        private static final Input PIPE = new Input(null, false, true);

        private final byte[] bytes;
        private final boolean inherited;
        private final boolean piped;

        private Input(byte[] bytes, boolean inherited, boolean piped) {
            this.bytes = bytes;
            this.inherited = inherited;
            this.piped = piped;
        }

        /** Nothing: the program reads end of file. */
        public static Input none() {
            return NONE;
        }

        /** What this process itself reads, a terminal included. */
        public static Input inherit() {
            return INHERIT;
        }

        /** A pipe that the holder of the {@link RunningCommand} writes to; only for {@link CommandRunner#start}. */
        public static Input pipe() {
            return PIPE;
        }

        /** These bytes, then end of file. */
        public static Input of(byte[] bytes) {
            return new Input(bytes.clone(), false, false);
        }

        /** This text in UTF-8, then end of file. */
        public static Input of(String text) {
            return new Input(text.getBytes(StandardCharsets.UTF_8), false, false);
        }

        byte[] bytes() {
            return bytes;
        }

        boolean inherited() {
            return inherited;
        }

        boolean piped() {
            return piped;
        }
    }

    /** Where a program's standard output or standard error goes. */
    public static final class Output {
        private static final Output CAPTURE = new Output(Kind.CAPTURE, null);
        private static final Output INHERIT = new Output(Kind.INHERIT, null);
        private static final Output DISCARD = new Output(Kind.DISCARD, null);
        private static final Output PIPE = new Output(Kind.PIPE, null);

        enum Kind {
            CAPTURE,
            INHERIT,
            DISCARD,
            PIPE,
            FILE
        }

        private final Kind kind;
        private final Path file;

        private Output(Kind kind, Path file) {
            this.kind = kind;
            this.file = file;
        }

        /** Into memory: {@link CommandResult} holds it. */
        public static Output capture() {
            return CAPTURE;
        }

        /** To this process's own standard output or standard error. */
        public static Output inherit() {
            return INHERIT;
        }

        /** Nowhere. */
        public static Output discard() {
            return DISCARD;
        }

        /** Into a pipe that the holder of the {@link RunningCommand} must read; only for {@link CommandRunner#start}. */
        public static Output pipe() {
            return PIPE;
        }

        /** At the end of a file, which is created when it is missing. */
        public static Output append(Path file) {
            return new Output(Kind.FILE, file);
        }

        Kind kind() {
            return kind;
        }

        Path file() {
            return file;
        }
    }
}
