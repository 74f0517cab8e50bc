package dev.racker.postroj;

import dev.racker.harness.Session;
import dev.racker.harness.option.PlainWords;
import dev.racker.images.Catalogue;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code postroj}: acceptance tests for packages and services on many distributions. */
@Command(
        name = "postroj",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        description = "Test packages and services on many distributions.")
public final class Postroj implements Callable<Integer> {

    private static final String[] COMMANDS = {"pkgprobe", "selftest", "invoke", "list-images", "pull"};

    private final Session session;

    @Spec
    private CommandSpec spec;

    private Postroj(Session session) {
        this.session = session;
    }

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Say more about what is done.")
    private void verbose(boolean value) {
        session.verbose(value);
    }

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show each external command as a line for a shell, and stack traces.")
    private void debug(boolean value) {
        session.debug(value);
    }

    /** The command line with all its commands; also what manual pages and completion are made from. */
    public static CommandLine commandLine() {
        return commandLine(session(), List.of(), COMMANDS);
    }

    private static Session session() {
        return new Session(
                "postroj", System.out, System.err, System.getenv(), () -> Catalogue.fromEnvironment(System.getenv()));
    }

    private static CommandLine commandLine(Session session, List<String> typed, String... names) {
        CommandLine line = new CommandLine(new Postroj(session));
        for (String name : names) {
            line.addSubcommand(name, PicocliOptions.of(command(name, session, typed)));
        }
        Failures failures = new Failures(session);
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false); // the argument of a check may begin with "@"
        return line;
    }

    private static Object command(String name, Session session, List<String> typed) {
        Catalogue catalogue = Catalogue.fromEnvironment(session.environment());
        return switch (name) {
            case "pkgprobe" -> new PkgprobeCommand(session, catalogue, typed);
            case "selftest" -> new SelftestCommand(session, catalogue, typed);
            case "invoke" -> new InvokeCommand(session);
            case "list-images" -> new ListImagesCommand(session, catalogue);
            case "pull" -> new PullCommand(session, catalogue);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Tried to run postroj, but no command was given.");
    }

    /** Only the command that is called is looked at: reading the options of all takes as long as starting Java. */
    private static String[] needed(String[] args) {
        for (String argument : args) {
            for (String name : COMMANDS) {
                if (name.equals(argument)) {
                    return new String[] {name};
                }
            }
            if (!argument.equals("--debug") && !argument.equals("--verbose")) {
                break;
            }
        }
        return COMMANDS;
    }

    /** The command when it must begin at once, and is plain; picocli alone takes as long as Java. */
    private static PkgprobeCommand plain(Session session, String[] args) {
        if (args.length == 0 || !args[0].equals("pkgprobe")) {
            return null;
        }
        Catalogue catalogue = Catalogue.fromEnvironment(session.environment());
        PkgprobeCommand command = new PkgprobeCommand(session, catalogue, typed(args));
        return PlainWords.read(command, Arrays.asList(args).subList(1, args.length)) ? command : null;
    }

    /** The call as a user typed it, for reports. */
    private static List<String> typed(String[] args) {
        List<String> words = new ArrayList<>(args.length + 1);
        words.add("postroj");
        words.addAll(Arrays.asList(args));
        return words;
    }

    /** Runs the command line and exits with its status. */
    public static void main(String[] args) {
        Session session = session();
        System.exit(session.end(execute(session, args), ExitStatus.ERROR));
    }

    /** Runs one command line and gives the exit status. */
    static int execute(Session session, String... args) {
        PkgprobeCommand plain = plain(session, args);
        if (plain != null) {
            try {
                return plain.call();
            } catch (RuntimeException failure) {
                return new Failures(session).tell(failure);
            }
        }
        String[] words = args;
        if (args.length > 0 && args[0].equals("help")) { // "help pkgprobe" is "pkgprobe --help"
            words = Arrays.copyOfRange(args, 1, args.length + 1);
            words[words.length - 1] = "--help";
        }
        CommandLine line = commandLine(session, typed(words), needed(words));
        line.setOut(new PrintWriter(session.out(), true));
        return line.execute(words);
    }
}
