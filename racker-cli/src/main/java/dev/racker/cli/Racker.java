package dev.racker.cli;

import dev.racker.harness.Session;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.PlainWords;
import dev.racker.images.Catalogue;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code racker}: the command line of docker over booted machines. */
@Command(
        name = "racker",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        description = "Boot real operating systems in containers and work in them.")
public final class Racker implements Callable<Integer> {

    private static final String[] COMMANDS = {
        "run", "create", "start", "stop", "restart", "kill", "pause", "unpause", "wait", "exec", "logs", "ps",
        "rename", "rm", "network", "port", "pull", "images", "rmi", "info", "push", "login", "logout", "search",
        "tag", "untag", "history", "save", "load", "import", "image", "top", "stats", "update", "inspect", "volume",
        "cp", "diff", "export", "attach", "events", "container", "system", "standby", "version"
    };

    private final Session session;

    @Spec
    private CommandSpec spec;

    private Racker(Session session) {
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
        return commandLine(session(), "", COMMANDS);
    }

    private static Session session() {
        return new Session(
                "racker", System.out, System.err, System.getenv(), () -> Catalogue.fromEnvironment(System.getenv()));
    }

    private static CommandLine commandLine(Session session, String wanted, String... names) {
        CommandLine line = new CommandLine(new Racker(session));
        for (String name : names) {
            line.addSubcommand(name, PicocliOptions.of(command(name, session, wanted)));
        }
        Failures failures = new Failures(session);
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOverwrittenOptionsAllowed(true); // the last one counts, as with docker
        line.setExpandAtFiles(false); // an argument of the payload may begin with "@"
        for (String name : new String[] {"run", "create", "exec", "top"}) {
            CommandLine command = line.getSubcommands().get(name);
            if (command != null) {
                command.setStopAtPositional(true);
            }
        }
        return line;
    }

    private static Object command(String name, Session session, String wanted) {
        return switch (name) {
            case "run" -> new RunCommand(session);
            case "create" -> new CreateCommand(session);
            case "start" -> new StartCommand(session);
            case "stop" -> new StopCommand(session);
            case "restart" -> new RestartCommand(session);
            case "kill" -> new KillCommand(session);
            case "pause" -> new PauseCommand(session);
            case "unpause" -> new UnpauseCommand(session);
            case "wait" -> new WaitCommand(session);
            case "exec" -> new ExecCommand(session);
            case "logs" -> new LogsCommand(session);
            case "rename" -> new RenameCommand(session);
            case "top" -> new TopCommand(session);
            case "stats" -> new StatsCommand(session);
            case "update" -> new UpdateCommand(session);
            case "pull" -> new PullCommand(session);
            case "images" -> new ImagesCommand(session);
            case "rmi" -> new RmiCommand(session);
            case "ps" -> new PsCommand(session);
            case "rm" -> new RmCommand(session);
            case "info" -> InfoCommand.of(session);
            case "attach" -> new AttachCommand(session);
            case "events" -> new EventsCommand(session);
            case "container" -> ContainerCommand.of(session, wanted, each -> command(each, session, ""));
            case "system" -> SystemCommand.of(session);
            case "standby" -> StandbyCommand.of(session);
            case "version" -> new VersionCommand(session);
            case "inspect" -> InspectCommand.ofAll(session);
            case "network" -> NetworkCommand.of(session);
            case "port" -> new PortCommand(session);
            case "push" -> new PushCommand(session);
            case "login" -> new LoginCommand(session);
            case "logout" -> new LogoutCommand(session);
            case "search" -> new SearchCommand(session);
            case "tag" -> new TagCommand(session);
            case "untag" -> new UntagCommand(session);
            case "history" -> new HistoryCommand(session);
            case "save" -> new SaveCommand(session);
            case "load" -> new LoadCommand(session);
            case "import" -> new ImportCommand(session);
            case "image" -> ImageCommand.of(session);
            case "volume" -> VolumeCommand.of(session);
            case "cp" -> new CpCommand(session);
            case "diff" -> new DiffCommand(session);
            case "export" -> new ExportCommand(session);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Tried to run racker, but no command was given.");
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

    /** The command when it is one of those that must begin at once, and is plain; picocli alone takes as long as Java. */
    private static DeclaredCommand plain(Session session, String[] args) {
        DeclaredCommand command = switch (args.length == 0 ? "" : args[0]) {
            case "run" -> new RunCommand(session);
            case "create" -> new CreateCommand(session);
            case "exec" -> new ExecCommand(session);
            case "pull" -> new PullCommand(session);
            case "ps" -> new PsCommand(session);
            case "logs" -> new LogsCommand(session);
            case "start" -> new StartCommand(session);
            case "stop" -> new StopCommand(session);
            case "restart" -> new RestartCommand(session);
            case "kill" -> new KillCommand(session);
            case "wait" -> new WaitCommand(session);
            case "rm" -> new RmCommand(session);
            case "images" -> new ImagesCommand(session);
            case "rmi" -> new RmiCommand(session);
            case "inspect" -> InspectCommand.ofAll(session);
            default -> null;
        };
        return command != null && PlainWords.read(command, Arrays.asList(args).subList(1, args.length))
                ? command
                : null;
    }

    /** The word after the command: of a group, the command that is called. */
    private static String second(String[] args) {
        int at = 0;
        while (at < args.length && args[at].startsWith("-")) {
            at++;
        }
        return at + 1 < args.length ? args[at + 1] : "";
    }

    /** Runs the command line and exits with its status. */
    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals("--version")) {
            System.out.println(Version.line()); // asked for by scripts, many times: not worth a parser
            return;
        }
        Session session = session();
        System.exit(session.end(execute(session, args), ExitStatus.FAILURE));
    }

    /** Runs one command line and gives the exit status. */
    static int execute(Session session, String... args) {
        DeclaredCommand plain = plain(session, args);
        if (plain != null) {
            try {
                return plain.call();
            } catch (RuntimeException failure) {
                return new Failures(session).tell(failure, args[0]);
            }
        }
        String[] words = args;
        if (args.length > 0 && args[0].equals("help")) { // as docker: "help run" is "run --help"
            words = Arrays.copyOfRange(args, 1, args.length + 1);
            words[words.length - 1] = "--help";
        }
        CommandLine line = commandLine(session, second(words), needed(words));
        line.setOut(new PrintWriter(session.out(), true));
        return line.execute(words);
    }
}
