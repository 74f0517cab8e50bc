package dev.racker.cli;

import dev.racker.harness.RunningContainer;
import dev.racker.harness.Session;
import dev.racker.harness.console.Table;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.MachineProcesses;
import dev.racker.harness.process.CommandResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the processes of a container as the host sees them. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "Show the processes of a container, as the host's ps(1) sees them.")
final class TopCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container, by name or id.")
    private String container;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "OPTION",
            description = "Options of ps(1) (default: -ef); the list must hold the column PID.")
    private List<String> options = new ArrayList<>();

    TopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try {
            var containers = session.harness().containers();
            RunningContainer running = containers.running(containers.get(container));
            print(running);
            session.harness().events().container("top", running.record());
            return ExitStatus.OK;
        } catch (HarnessException e) {
            session.tell(e);
            return ExitStatus.PARTIAL;
        }
    }

    private void print(RunningContainer running) {
        Set<Long> processes = MachineProcesses.of(running.cgroups());
        CommandResult listed = list(List.of("-q" + join(processes)));
        if (listed.status() != 0) {
            listed = list(List.of()); // some options do not go with -q
        }
        if (listed.status() != 0) {
            throw new HarnessException(
                    "Tried to list processes with ps " + String.join(" ", options) + ", but: "
                            + listed.errorText().strip(),
                    "See ps(1) for its options.");
        }
        PrintWriter out = new PrintWriter(session.out());
        rows(listed.text(), processes).print(out);
        out.flush();
    }

    private CommandResult list(List<String> more) {
        List<String> command = new ArrayList<>(List.of("ps"));
        command.addAll(options.isEmpty() ? List.of("-ef") : options);
        command.addAll(more);
        return session.runner()
                .run(dev.racker.harness.process.Command.of(command).expectAny());
    }

    private static String join(Set<Long> processes) {
        StringBuilder list = new StringBuilder();
        for (Long process : processes) {
            list.append(list.isEmpty() ? "" : ",").append(process);
        }
        return list.toString();
    }

    /** The lines of ps whose process is one of these, as a table. */
    static Table rows(String list, Set<Long> processes) {
        String[] lines = list.split("\n");
        String[] headings = lines[0].strip().split("\\s+");
        int id = Arrays.asList(headings).indexOf("PID");
        if (id < 0) {
            throw new HarnessException(
                    "Tried to find the processes of the container, but the list of ps has no column PID.",
                    "Give options with which it has one, such as -o pid,comm.");
        }
        Table table = new Table(headings);
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            // The last column, the command, holds spaces.
            String[] cells = line.strip().split("\\s+", headings.length);
            if (cells.length > id && isOneOf(cells[id], processes)) {
                table.row(cells);
            }
        }
        return table;
    }

    private static boolean isOneOf(String cell, Set<Long> processes) {
        try {
            return processes.contains(Long.parseLong(cell));
        } catch (NumberFormatException e) {
            return false; // a thread's line, of ps -m
        }
    }
}
