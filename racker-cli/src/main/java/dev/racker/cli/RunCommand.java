package dev.racker.cli;

import dev.racker.cli.ContainerRequest.Prepared;
import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.ContainerProcess;
import dev.racker.harness.Harness;
import dev.racker.harness.PayloadContainer;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.store.ContainerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Boots a machine of an image and runs a command in it. */
@Command(
        name = "run",
        description = "Boot a machine of an image and run a command in it.",
        mixinStandardHelpOptions = false)
final class RunCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private ImageOptions imageOptions = new ImageOptions();

    @picocli.CommandLine.Option(
            names = {"-d", "--detach"},
            description = "Let the container run in the background and print its id.")
    private boolean detached;

    @picocli.CommandLine.Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image, see racker-pull(1).")
    private String image;

    @Parameters(index = "1..*", paramLabel = "COMMAND", arity = "0..*", description = "What to run, and its arguments.")
    private List<String> command = new ArrayList<>();

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::run);
    }

    private int run(Signals signals) {
        ContainerRequest request = new ContainerRequest(session, options, imageOptions);
        Prepared prepared = request.prepare(image, command, detached);
        if (detached) {
            return detach(request, prepared);
        }
        ContainerOptions container = prepared.options();
        if (options.detachKeys != null && container.process().terminal()) {
            return detachable(request, prepared, signals);
        }
        ContainerProcess process = container.process();
        Foreground foreground = new Foreground(
                signals, session.err(), container.lifecycle().stopTimeout(), process, options.interactive);
        if (container.boots()) {
            try (Container running = session.harness().launch(prepared.reference(), prepared.image(), container)) {
                request.writeId(running.record().id());
                return foreground.run(running, process);
            }
        }
        try (PayloadContainer running =
                session.harness().run(prepared.reference(), prepared.image(), container, foreground.streams())) {
            request.writeId(running.record().id());
            return foreground.run(running);
        }
    }

    private int detachable(ContainerRequest request, Prepared prepared, Signals signals) {
        DetachKeys keys = DetachKeys.parse(options.detachKeys);
        Harness harness = session.harness();
        ContainerRecord record = harness.create(prepared.reference(), prepared.image(), prepared.options());
        request.writeId(record.id());
        return new Attaching(session, signals, keys, options.interactive, null)
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
