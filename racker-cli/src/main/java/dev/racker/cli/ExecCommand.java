package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Events;
import dev.racker.harness.RunningContainer;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.machine.RunningPayload;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command in a container that runs. */
@Command(name = "exec", mixinStandardHelpOptions = true, description = "Run a command in a container that runs.")
final class ExecCommand implements Callable<Integer> {

    private static final String EXEC_ID = "execID";
    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private final Session session;

    @Option(
            names = {"-i", "--interactive"},
            description = "Pass standard input on to the command.")
    private boolean interactive;

    @Option(
            names = {"-t", "--tty"},
            description = "Give the command a terminal, when there is one here.")
    private boolean terminal;

    @Option(
            names = {"-d", "--detach"},
            description = "Let the command run in the background.")
    private boolean detached;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME[=VALUE]",
            description = "Set a variable, or pass the one of this name on.")
    private List<String> environment = new ArrayList<>();

    @Option(names = "--env-file", paramLabel = "FILE", description = "Set the variables in this file, one in a line.")
    private List<Path> environmentFiles = new ArrayList<>();

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "DIR",
            description = "Run the command in this directory (default: the container's own).")
    private String directory;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER[:GROUP]",
            description = "Run the command as this user, by name or number (default: the container's own).")
    private String user;

    @Option(
            names = "--privileged",
            description = "Accepted, and without effect: a command has the capabilities of its machine.")
    private boolean privileged;

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container, by name or id.")
    private String container;

    @Parameters(index = "1..*", paramLabel = "COMMAND", arity = "1..*", description = "What to run, and its arguments.")
    private List<String> command;

    ExecCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::exec);
    }

    private int exec(Signals signals) {
        Containers containers = session.harness().containers();
        RunningContainer running = containers.running(containers.get(container));
        containers.requireUnpaused(running);
        Terminals.openPipes();
        boolean onTerminal = terminal && !detached && Terminals.isTerminal(0) && Terminals.isTerminal(1);
        ExecPlan plan = new ExecPlan(running.options(), running.machine().spec().hostname(), session.environment());
        Payload payload = plan.payload(command, environment, environmentFiles, user, directory, terminal)
                .timeout(UNLIMITED);
        String id = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Events events = session.harness().events();
        String line = String.join(" ", command);
        events.container("exec_create: " + line, running.record(), EXEC_ID, id);
        events.container("exec_start: " + line, running.record(), EXEC_ID, id);
        if (detached) {
            running.machine().startDetached(payload);
            return ExitStatus.OK;
        }
        Payload connected = onTerminal
                ? payload.onTerminal()
                : payload.stdin(interactive ? Input.inherit() : Input.none())
                        .stdout(Output.inherit())
                        .stderr(Output.inherit());
        try (RunningPayload process = running.machine().start(connected)) {
            signals.deliver(
                    name -> {
                        process.signal(name);
                        process.stop();
                    },
                    process::kill);
            int status = process.await().status();
            events.container("exec_die", running.record(), EXEC_ID, id, "exitCode", Integer.toString(status));
            return signals.status() == 0 ? status : signals.status();
        }
    }
}
