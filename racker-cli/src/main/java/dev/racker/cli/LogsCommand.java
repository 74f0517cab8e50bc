package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.LogLine;
import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.ContainerRecord;
import java.io.PrintStream;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a container has printed. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Show what a container has printed, on the streams that it was printed to.")
final class LogsCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the container ends.")
    private boolean follow;

    @Option(
            names = {"-n", "--tail"},
            paramLabel = "LINES",
            description = "Begin with the last lines only (default: all).")
    private String tail = "all";

    @Option(names = "--since", paramLabel = "TIME", description = "Leave out what is older than this time or duration.")
    private String since = "";

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Leave out what is younger than this time or duration.")
    private String until = "";

    @Option(
            names = {"-t", "--timestamps"},
            description = "Begin each line with its time.")
    private boolean timestamps;

    @Option(names = "--journal", description = "Show the journal of the machine instead.")
    private boolean journal;

    @Parameters(paramLabel = "CONTAINER", description = "The container, by name or id.")
    private String container;

    LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Containers containers = session.harness().containers();
        ContainerRecord record = containers.get(container);
        int lines = LogTimes.lines(tail);
        Instant now = Instant.now();
        Instant from = LogTimes.parse("--since", since, now, Instant.MIN);
        Instant to = LogTimes.parse("--until", until, now, Instant.MAX);
        if (journal) {
            return new JournalView(session, containers, record).show(follow, tail, since, until);
        }
        if (containers.options(record).process().terminal()) {
            return screen(containers, record, lines);
        }
        containers.log(record).read(lines, from, to, follow, this::print);
        return ExitStatus.OK;
    }

    private int screen(Containers containers, ContainerRecord record, int lines) {
        if (timestamps || !since.isEmpty() || !until.isEmpty()) {
            throw new HarnessException(
                    "Tried to tell when container " + container + " has printed what, but it has a terminal, for which"
                            + " no times are kept.",
                    "Leave --since, --until and --timestamps out.");
        }
        containers.log(record).screen(lines, follow, session.out());
        return ExitStatus.OK;
    }

    private void print(LogLine line) {
        PrintStream stream = line.isError() ? session.err() : session.out();
        if (timestamps) {
            stream.print(line.time() + " ");
        }
        stream.println(line.text());
        stream.flush();
    }
}
