package dev.racker.cli;

import dev.racker.cli.ContainerRequest.Prepared;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Value;
import dev.racker.harness.option.Values;
import dev.racker.harness.store.ContainerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a container and does not start it. */
@Command(
        name = "create",
        description = "Make a container of an image, to be started later, and print its id.",
        mixinStandardHelpOptions = false)
final class CreateCommand extends DeclaredCommand {

    private final Session session;

    private final RunOptions options = include(new RunOptions());

    private final ImageOptions imageOptions = include(new ImageOptions());

    @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    private final Value<String> image = word("IMAGE", "The image, see racker-pull(1).");

    private final Values<String> command = payload("COMMAND", 0, "What to run, and its arguments.");

    CreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::create);
    }

    private int create(Signals signals) {
        ContainerRequest request = new ContainerRequest(session, options, imageOptions);
        Prepared prepared = request.prepare(image.given(), command.list(), true, true);
        ContainerRecord record = session.harness().create(prepared.reference(), prepared.image(), prepared.options());
        request.writeId(record.id());
        session.out().println(record.id());
        return ExitStatus.OK;
    }
}
