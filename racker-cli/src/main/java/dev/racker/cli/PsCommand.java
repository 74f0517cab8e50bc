package dev.racker.cli;

import dev.racker.harness.ContainerState;
import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.console.Table;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.InvalidReferenceException;
import dev.racker.harness.store.ContainerRecord;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists containers. */
@Command(name = "ps", mixinStandardHelpOptions = true, description = "List containers.")
final class PsCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-a", "--all"},
            description = "List those without a running machine too.")
    private boolean all;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only the ids.")
    private boolean quiet;

    PsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Harness harness = session.harness();
        PrintWriter out = new PrintWriter(session.out());
        Table table = quiet ? new Table() : new Table("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "NAMES");
        for (ContainerRecord record : harness.store().containers().list()) {
            ContainerState state = harness.containers().state(record);
            if (!state.isRunning() && !all) {
                continue;
            }
            if (quiet) {
                table.row(record.id());
            } else {
                table.row(
                        record.id(),
                        image(record.image()),
                        command(record.command()),
                        Ages.since(record.created()),
                        status(state),
                        record.name());
            }
        }
        table.print(out);
        out.flush();
        return ExitStatus.OK;
    }

    private static String image(String name) {
        try {
            return PullCommand.familiar(ImageReference.parse(name));
        } catch (InvalidReferenceException e) {
            return name;
        }
    }

    private static String command(List<String> command) {
        String text = String.join(" ", command);
        return '"' + (text.length() > 20 ? text.substring(0, 19) + "\u2026" : text) + '"';
    }

    private static String status(ContainerState state) {
        return switch (state.status()) {
            case CREATED -> "Created";
            case RUNNING -> "Up";
            case PAUSED -> "Up (Paused)";
            case RESTARTING -> "Restarting (" + state.exitStatus() + ")";
            case EXITED -> "Exited (" + state.exitStatus() + ")";
        };
    }
}
