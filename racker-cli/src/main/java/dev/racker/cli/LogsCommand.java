package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.LogLine;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.option.DeclaredCommand;
import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Value;
import dev.racker.harness.store.ContainerRecord;
import java.io.PrintStream;
import java.time.Instant;
import picocli.CommandLine.Command;

/** Shows what a container has printed. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Show what a container has printed, on the streams that it was printed to.")
final class LogsCommand extends DeclaredCommand {

    private final Session session;

    private final Flag follow = flag("-f, --follow", "Go on until the container ends.");

    private final Value<String> tail = text("-n, --tail", "LINES", "Begin with the last lines only (default: all).");

    private final Value<String> since = text("--since", "TIME", "Leave out what is older than this time or duration.");

    private final Value<String> until =
            text("--until", "TIME", "Leave out what is younger than this time or duration.");

    private final Flag timestamps = flag("-t, --timestamps", "Begin each line with its time.");

    private final Flag journal = flag("--journal", "Show the journal of the machine instead.");

    private final Value<String> container = word("CONTAINER", "The container, by name or id.");

    LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Containers containers = session.harness().containers();
        ContainerRecord record = containers.get(container.given());
        int lines = LogTimes.lines(tail.or("all"));
        Instant now = Instant.now();
        Instant from = LogTimes.parse("--since", since.or(""), now, Instant.MIN);
        Instant to = LogTimes.parse("--until", until.or(""), now, Instant.MAX);
        if (journal.isSet()) {
            return new JournalView(session, containers, record)
                    .show(follow.isSet(), tail.or("all"), since.or(""), until.or(""));
        }
        if (containers.options(record).process().terminal()) {
            return screen(containers, record, lines);
        }
        containers.log(record).read(lines, from, to, follow.isSet(), this::print);
        return ExitStatus.OK;
    }

    private int screen(Containers containers, ContainerRecord record, int lines) {
        if (timestamps.isSet() || !since.or("").isEmpty() || !until.or("").isEmpty()) {
            throw new HarnessException(
                    "Tried to tell when container " + container.given()
                            + " has printed what, but it has a terminal, for which" + " no times are kept.",
                    "Leave --since, --until and --timestamps out.");
        }
        containers.log(record).screen(lines, follow.isSet(), session.out());
        return ExitStatus.OK;
    }

    private void print(LogLine line) {
        PrintStream stream = line.isError() ? session.err() : session.out();
        if (timestamps.isSet()) {
            stream.print(line.time() + " ");
        }
        stream.println(line.text());
        stream.flush();
    }
}
