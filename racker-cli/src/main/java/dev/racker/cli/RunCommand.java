package dev.racker.cli;

import dev.racker.cli.ContainerRequest.Prepared;
import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.Harness;
import dev.racker.harness.PayloadContainer;
import dev.racker.harness.RestartPolicy;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import dev.racker.harness.store.ContainerRecord;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/** Boots a machine of an image and runs a command in it. */
@Command(
        name = "run",
        description = "Boot a machine of an image and run a command in it.",
        mixinStandardHelpOptions = false)
final class RunCommand extends DeclaredCommand {

    private final Session session;

    private final RunOptions options = include(new RunOptions());

    private final ImageOptions imageOptions = include(new ImageOptions());

    private final Flag detached = flag("-d, --detach", "Let the container run in the background and print its id.");

    @picocli.CommandLine.Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    private final Value<String> image = word("IMAGE", "The image, see racker-pull(1).");

    private final Values<String> command = payload("COMMAND", 0, "What to run, and its arguments.");

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::run);
    }

    private int run(Signals signals) {
        ContainerRequest request = new ContainerRequest(session, options, imageOptions);
        Prepared prepared = request.prepare(image.given(), command.list(), detached.isSet(), !detached.isSet());
        if (detached.isSet()) {
            return detach(request, prepared);
        }
        ContainerOptions container = prepared.options();
        if (isDetachable(container)) {
            return detachable(request, prepared, signals);
        }
        Foreground foreground = new Foreground(session, signals, container, options.interactive.isSet());
        if (container.boots()) {
            try (Container running = session.harness().launch(prepared.reference(), prepared.image(), container)) {
                if (!running.remark().isEmpty()) {
                    session.detail(running.remark());
                }
                request.writeId(running.record().id());
                return foreground.run(running);
            }
        }
        try (PayloadContainer running =
                session.harness().run(prepared.reference(), prepared.image(), container, foreground.begin())) {
            request.writeId(running.record().id());
            return foreground.run(running);
        }
    }

    /** Whoever sits at the terminal of a container that stays may leave it, as in docker; of another one when asked to. */
    private boolean isDetachable(ContainerOptions container) {
        return options.detachKeys.given() != null && container.process().terminal()
                || !container.ephemeral() && Foreground.hasTerminal(container.process())
                || container.lifecycle().restart().kind() != RestartPolicy.Kind.NO; // it goes on without this process
    }

    private int detachable(ContainerRequest request, Prepared prepared, Signals signals) {
        String given = options.detachKeys.given();
        DetachKeys keys = DetachKeys.parse(given == null ? DetachKeys.STANDARD : given);
        Harness harness = session.harness();
        ContainerRecord record = harness.create(prepared.reference(), prepared.image(), prepared.options());
        request.writeId(record.id());
        Consumer<String> proxy = signal -> harness.containers().kill(record, signal);
        return new Attaching(session, signals, keys, options.interactive.isSet(), proxy)
                .start(harness, record, SelfCommand.start());
    }

    private int detach(ContainerRequest request, Prepared prepared) {
        ContainerRecord record = session.harness()
                .launcher()
                .start(prepared.reference(), prepared.image(), prepared.options(), SelfCommand.start());
        request.writeId(record.id());
        session.out().println(record.id());
        return ExitStatus.OK;
    }
}
