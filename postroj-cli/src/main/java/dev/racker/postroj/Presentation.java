package dev.racker.postroj;

import dev.racker.harness.Session;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.WhenCancelled;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.report.ConsoleReport;
import dev.racker.harness.report.ReportDirectory;
import dev.racker.harness.report.RunReport;
import dev.racker.postroj.matrix.LiveTable;
import dev.racker.postroj.matrix.PlainLines;
import dev.racker.postroj.matrix.Watcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What users see of a run: a table that lives on a terminal, lines elsewhere, a summary at the end, reports in files. */
final class Presentation {

    private static final int STANDARD_ERROR = 2;
    private static final int STANDARD_OUTPUT = 1;
    private static final int USUAL_WIDTH = 80;

    private final Session session;

    Presentation(Session session) {
        this.session = session;
    }

    Watcher watcher(int cells) {
        return Terminals.isTerminal(STANDARD_ERROR)
                        && !"dumb".equals(session.environment().get("TERM"))
                ? new LiveTable(session.err(), columns(), cells)
                : new PlainLines(session.err(), session.isVerbose());
    }

    /** stty(1) says how many rows and columns the terminal on its standard input has. */
    private int columns() {
        CommandResult size = session.runner()
                .run(Command.of("stty", "size")
                        .stdin(Input.inherit())
                        .expectAny()
                        .whenCancelled(WhenCancelled.GO_ON));
        String[] numbers = size.text().split(" ");
        boolean told = size.status() == 0 && numbers.length == 2 && !numbers[1].equals("0");
        return told ? Integer.parseInt(numbers[1]) : USUAL_WIDTH;
    }

    /** What it ran on, in a line. */
    String host() {
        return session.host().distribution().name() + ", kernel " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch") + ", control plane "
                + session.host().controlPlane().kind();
    }

    /** Prints the summary, and writes the reports when a directory was named. */
    void tell(RunReport report, Path directory) {
        Path page = directory == null ? null : ReportDirectory.write(report, directory);
        boolean terminal = Terminals.isTerminal(STANDARD_OUTPUT);
        boolean colours =
                terminal && session.environment().getOrDefault("NO_COLOR", "").isEmpty();
        try {
            new ConsoleReport(colours, terminal ? columns() : USUAL_WIDTH).write(report, page, session.out());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a PrintStream never throws it
        }
    }
}
