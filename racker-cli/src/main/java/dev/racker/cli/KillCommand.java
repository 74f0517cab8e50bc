package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import picocli.CommandLine.Command;

/** Sends a signal to what runs in containers. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description = "Send a signal to what runs in containers; KILL ends their machines at once.")
final class KillCommand extends DeclaredCommand {

    private final Session session;

    private final Value<String> signal =
            text("-s, --signal", "SIGNAL", "The signal, by name or number (default: KILL).");

    private final Values<String> names = words("CONTAINER", 1, "The container, by name or id.");

    KillCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String name = SignalNames.of(signal.or("KILL"));
        Containers containers = session.harness().containers();
        return new EachContainer(session).apply(names.list(), record -> containers.kill(record, name));
    }
}
