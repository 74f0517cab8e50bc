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
import dev.racker.harness.store.ContainerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts containers that do not run. */
@Command(name = "start", mixinStandardHelpOptions = true, description = "Start containers that do not run.")
final class StartCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-a", "--attach"},
            description = "Stay, show what it prints, and end with its exit status.")
    private boolean attach;

    @Option(
            names = {"-i", "--interactive"},
            description = "Stay, and pass standard input on.")
    private boolean interactive;

    @Option(
            names = "--detach-keys",
            paramLabel = "KEYS",
            description = "The keys that leave a container with a terminal running (default: ctrl-p,ctrl-q).")
    private String keys = DetachKeys.STANDARD;

    @Option(names = "--boot", description = "Start those whose restart policy wants it when the host has been booted.")
    private boolean boot;

    @Option(names = "--by-policy", hidden = true, description = "Start it again because its restart policy wants it.")
    private boolean byPolicy;

    @Parameters(paramLabel = "CONTAINER", arity = "0..*", description = "The container, by name or id.")
    private List<String> names = new ArrayList<>();

    StartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::start);
    }

    private int start(Signals signals) {
        Harness harness = session.harness(Tool.SYSTEMD_NSPAWN);
        if (boot) {
            names.addAll(wantedAtBoot(harness.containers()));
        } else if (names.isEmpty()) {
            throw new HarnessException(
                    "Tried to start a container, but none was named.", "Name one: see racker ps -a.");
        }
        if (!attach && !interactive) {
            return new EachContainer(session).apply(names, record -> start(harness, record));
        }
        if (names.size() > 1) {
            throw new HarnessException(
                    "Tried to start " + names.size() + " containers and stay, but that goes with one only.",
                    "Leave --attach and --interactive out, or name one container.");
        }
        return stay(harness, harness.containers().get(names.get(0)), signals);
    }

    private void start(Harness harness, ContainerRecord record) {
        Containers containers = harness.containers();
        if (byPolicy ? containers.isStopped(record) : containers.state(record).isRunning()) {
            return;
        }
        if (!byPolicy) {
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
        DetachKeys detach = DetachKeys.parse(keys);
        ContainerOptions options = harness.containers().options(record);
        Attaching attaching = new Attaching(
                session,
                signals,
                detach,
                interactive,
                signal -> harness.containers().kill(record, signal));
        if (harness.containers().state(record).isRunning()) {
            return attaching.join(harness, record);
        }
        harness.containers().startedByHand(record);
        if (options.process().terminal() || options.lifecycle().restart().kind() != RestartPolicy.Kind.NO) {
            return attaching.start(harness, record, SelfCommand.start());
        }
        harness.events().container("attach", record);
        Foreground foreground = new Foreground(session, signals, options, interactive);
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
