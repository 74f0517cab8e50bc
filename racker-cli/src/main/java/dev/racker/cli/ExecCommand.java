package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Events;
import dev.racker.harness.RunningContainer;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.machine.RunningPayload;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;

/** Runs a command in a container that runs. */
@Command(name = "exec", mixinStandardHelpOptions = true, description = "Run a command in a container that runs.")
final class ExecCommand extends DeclaredCommand {

    private static final String EXEC_ID = "execID";
    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private final Session session;

    private final Flag interactive = flag("-i, --interactive", "Pass standard input on to the command.");

    private final Flag terminal = flag("-t, --tty", "Give the command a terminal, when there is one here.");

    private final Flag detached = flag("-d, --detach", "Let the command run in the background.");

    private final Values<String> environment =
            texts("-e, --env", "NAME[=VALUE]", "Set a variable, or pass the one of this name on.");

    private final Values<Path> environmentFiles =
            values(Path.class, "--env-file", "FILE", "Set the variables in this file, one in a line.");

    private final Value<String> directory =
            text("-w, --workdir", "DIR", "Run the command in this directory (default: the container's own).");

    private final Value<String> user = text(
            "-u, --user",
            "USER[:GROUP]",
            "Run the command as this user, by name or number (default: the container's own).");

    private final Flag privileged =
            flag("--privileged", "Accepted, and without effect: a command has the capabilities of its machine.");

    private final Value<String> container = word("CONTAINER", "The container, by name or id.");

    private final Values<String> command = payload("COMMAND", 1, "What to run, and its arguments.");

    ExecCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::exec);
    }

    private int exec(Signals signals) {
        Containers containers = session.harness().containers();
        RunningContainer running = containers.running(containers.get(container.given()));
        containers.requireUnpaused(running);
        Terminals.openPipes();
        boolean onTerminal =
                terminal.isSet() && !detached.isSet() && Terminals.isTerminal(0) && Terminals.isTerminal(1);
        ExecPlan plan = new ExecPlan(running.options(), running.machine().spec().hostname(), session.environment());
        Payload payload = plan.payload(
                        command.list(),
                        environment.list(),
                        environmentFiles.list(),
                        user.given(),
                        directory.given(),
                        terminal.isSet())
                .timeout(UNLIMITED);
        String id = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Events events = session.harness().events();
        String line = String.join(" ", command.list());
        events.container("exec_create: " + line, running.record(), EXEC_ID, id);
        events.container("exec_start: " + line, running.record(), EXEC_ID, id);
        if (detached.isSet()) {
            running.machine().startDetached(payload);
            return ExitStatus.OK;
        }
        Payload connected = onTerminal
                ? payload.onTerminal()
                : payload.stdin(interactive.isSet() ? Input.inherit() : Input.none())
                        .stdout(Output.inherit())
                        .stderr(Output.inherit());
        signals.hold();
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
