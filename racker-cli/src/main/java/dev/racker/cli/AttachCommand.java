package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.store.ContainerRecord;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connects the terminal, or standard input and output, to a container that runs in the background. */
@Command(
        name = "attach",
        mixinStandardHelpOptions = true,
        description = "Connect standard input, output and error to a container that runs in the background.")
final class AttachCommand implements Callable<Integer> {

    private final Session session;

    @Option(names = "--no-stdin", description = "Do not pass standard input on.")
    private boolean noInput;

    @Option(
            names = "--sig-proxy",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            description = "Pass signals on to the container (default: true).")
    private boolean proxied = true;

    @Option(
            names = "--detach-keys",
            paramLabel = "KEYS",
            description = "The keys that end the attachment and nothing else (default: ctrl-p,ctrl-q).")
    private String keys = DetachKeys.STANDARD;

    @Parameters(paramLabel = "CONTAINER", description = "The container, by name or id.")
    private String name;

    AttachCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        DetachKeys detach = DetachKeys.parse(keys);
        return session.interruptible(signals -> attach(signals, detach));
    }

    private int attach(Signals signals, DetachKeys detach) {
        Containers containers = session.harness().containers();
        ContainerRecord record = containers.get(name);
        return new Attaching(
                        session, signals, detach, !noInput, proxied ? signal -> containers.kill(record, signal) : null)
                .join(session.harness(), record);
    }
}
