package dev.racker.cli;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.ContainerState;
import dev.racker.harness.Containers;
import dev.racker.harness.Harness;
import dev.racker.harness.PayloadContainer;
import dev.racker.harness.RestartPolicy;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Tool;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import dev.racker.harness.store.ContainerRecord;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Starts containers that do not run. */
@Command(name = "start", mixinStandardHelpOptions = true, description = "Start containers that do not run.")
final class StartCommand extends DeclaredCommand {

    private final Session session;

    private final Flag attach = flag("-a, --attach", "Stay, show what it prints, and end with its exit status.");

    private final Flag interactive = flag("-i, --interactive", "Stay, and pass standard input on.");

    private final Value<String> keys = text(
            "--detach-keys",
            "KEYS",
            "The keys that leave a container with a terminal running (default: ctrl-p,ctrl-q).");

    private final Flag boot =
            flag("--boot", "Start those whose restart policy wants it when the host has been booted.");

    private final Flag byPolicy = hidden(flag("--by-policy", "Start it again because its restart policy wants it."));

    private final Values<String> names = words("CONTAINER", 0, "The container, by name or id.");

    StartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::start);
    }

    private int start(Signals signals) {
        Harness harness = session.harness(Tool.SYSTEMD_NSPAWN);
        List<String> wanted = new ArrayList<>(names.list());
        if (boot.isSet()) {
            wanted.addAll(wantedAtBoot(harness.containers()));
        } else if (wanted.isEmpty()) {
            throw new HarnessException(
                    "Tried to start a container, but none was named.", "Name one: see racker ps -a.");
        }
        if (!attach.isSet() && !interactive.isSet()) {
            return new EachContainer(session).apply(wanted, record -> start(harness, record));
        }
        if (wanted.size() > 1) {
            throw new HarnessException(
                    "Tried to start " + wanted.size() + " containers and stay, but that goes with one only.",
                    "Leave --attach and --interactive out, or name one container.");
        }
        return stay(harness, harness.containers().get(wanted.get(0)), signals);
    }

    private void start(Harness harness, ContainerRecord record) {
        Containers containers = harness.containers();
        if (byPolicy.isSet()
                ? containers.isStopped(record)
                : containers.state(record).isRunning()) {
            return;
        }
        if (!byPolicy.isSet()) {
            containers.startedByHand(record);
        }
        harness.launcher().start(record, SelfCommand.start());
    }

    private static List<String> wantedAtBoot(Containers containers) {
        List<String> wanted = new ArrayList<>();
        for (ContainerRecord record : containers.list()) {
            RestartPolicy.Kind kind =
                    containers.options(record).lifecycle().restart().kind();
            boolean asked = kind == RestartPolicy.Kind.ALWAYS
                    || kind == RestartPolicy.Kind.UNLESS_STOPPED && !containers.isStopped(record);
            boolean begun = containers.state(record).status() == ContainerState.Status.EXITED;
            if (asked && begun) {
                wanted.add(record.name());
            }
        }
        return wanted;
    }

    private int stay(Harness harness, ContainerRecord record, Signals signals) {
        DetachKeys detach = DetachKeys.parse(keys.or(DetachKeys.STANDARD));
        ContainerOptions options = harness.containers().options(record);
        Attaching attaching = new Attaching(
                session,
                signals,
                detach,
                interactive.isSet(),
                signal -> harness.containers().kill(record, signal));
        if (harness.containers().state(record).isRunning()) {
            return attaching.join(harness, record);
        }
        harness.containers().startedByHand(record);
        if (options.process().terminal() || options.lifecycle().restart().kind() != RestartPolicy.Kind.NO) {
            return attaching.start(harness, record, SelfCommand.start());
        }
        harness.events().container("attach", record);
        Foreground foreground = new Foreground(session, signals, options, interactive.isSet());
        if (!options.boots()) {
            try (PayloadContainer running = harness.launcher().run(record, foreground.begin())) {
                return foreground.run(running);
            }
        }
        try (Container running = harness.launcher().launch(record)) {
            return options.process().exists() ? foreground.run(running) : foreground.await(running);
        }
    }
}
