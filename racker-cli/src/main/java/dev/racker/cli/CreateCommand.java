package dev.racker.cli;

import dev.racker.cli.ContainerRequest.Prepared;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.store.ContainerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a container and does not start it. */
@Command(
        name = "create",
        description = "Make a container of an image, to be started later, and print its id.",
        mixinStandardHelpOptions = false)
final class CreateCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private ImageOptions imageOptions = new ImageOptions();

    @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image, see racker-pull(1).")
    private String image;

    @Parameters(index = "1..*", paramLabel = "COMMAND", arity = "0..*", description = "What to run, and its arguments.")
    private List<String> command = new ArrayList<>();

    CreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::create);
    }

    private int create(Signals signals) {
        ContainerRequest request = new ContainerRequest(session, options, imageOptions);
        Prepared prepared = request.prepare(image, command, true);
        ContainerRecord record = session.harness().create(prepared.reference(), prepared.image(), prepared.options());
        request.writeId(record.id());
        session.out().println(record.id());
        return ExitStatus.OK;
    }
}
